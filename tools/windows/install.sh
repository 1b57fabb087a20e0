#!/bin/sh
# Installs the wheel $2, with all its extras and what its tests need, into the Windows Python in the folder $1.
# The packages are fetched here, because that is quicker than under Wine, and installed by the Windows pip.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
windows=$(cd "$1" && pwd)
wheel=$(realpath "$2")
python=$(command -v "${PYTHON:-python3}")
# Not resolved: the link is what makes it the Python of its environment.
case $python in /*) ;; *) python=$PWD/$python ;; esac
project=$(realpath "$here/../..")
constraints=$project/constraints.txt
# pip reads the markers of the system it runs on, so what is for Windows alone is named besides.
for_windows='pywin32-ctypes colorama tzdata'
for_programs='pyinstaller pefile packaging'

. "$here/environment.sh"
mkdir -p "$windows/wheels"
# shellcheck disable=SC2086 # one word a package
"$python" -m pip --quiet --quiet --disable-pip-version-check download --dest "$windows/wheels" --only-binary=:all: \
    --python-version 3.11.9 --implementation cp --platform win_amd64 --constraint "$constraints" \
    --group "$project/pyproject.toml:test" "$wheel[all]" $for_windows $for_programs
rm -f "$windows"/wheels/ionapi_tui-*.whl
cp "$wheel" "$windows/wheels/"
cd "$windows"
# shellcheck disable=SC2086
run_windows python.exe -m pip --quiet --quiet --disable-pip-version-check install --no-index --find-links wheels \
    --no-warn-script-location --constraint "$(winepath --windows "$constraints")" \
    --group "$(winepath --windows "$project/pyproject.toml"):test" "ionapi-tui[all]" $for_windows $for_programs
run_windows python.exe -m pip --quiet --quiet --disable-pip-version-check install --no-index --find-links wheels --no-deps \
    --force-reinstall --no-warn-script-location ionapi-tui
