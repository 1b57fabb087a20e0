#!/bin/sh
# Sees to it that programs are there: as root with apt-get, else by saying which packages to install.
# Each argument is PROGRAM=PACKAGE; without a PROGRAM the package is always wanted. Nothing is done when nothing is missing.
set -eu

missing=
for pair in "$@"; do
    program=${pair%%=*}
    [ -n "$program" ] && command -v "$program" >/dev/null || missing="$missing ${pair#*=}"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Please install what this system calls:$missing" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Please install:  sudo apt-get install$missing" >&2
    exit 1
fi

# A fresh machine may be updating itself.
waiting='-o DPkg::Lock::Timeout=600'
# shellcheck disable=SC2086 # one word an option, and a package
get() {
    DEBIAN_FRONTEND=noninteractive apt-get $waiting -qq --yes --no-install-recommends -o Dpkg::Use-Pty=0 install $missing
}
echo "Installing$missing" >&2
# The lists of a fresh machine are empty, those of an old one name packages that are gone.
# shellcheck disable=SC2086
get >/dev/null 2>&1 || { apt-get $waiting -qq update && get >&2; }
