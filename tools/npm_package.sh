#!/bin/sh
# Installs a package of Node's into a folder of its own: FOLDER PACKAGE@VERSION. Before the tests, because a machine with
# all processors busy needs minutes for it; elsewhere first, because half a package looks like a whole one.
set -eu

folder=$1 package=$2
command -v npm >/dev/null || exit 1
rm -rf "$folder" "$folder.new"
mkdir -p "$folder.new"
echo "Installing $package" >&2
npm install --silent --no-save --no-audit --no-fund --prefix "$folder.new" "$package" >&2
mv "$folder.new" "$folder"
