#!/bin/sh
# Makes the folder $1: a Windows Python 3.11 with pip that runs under Wine. About 30 seconds, out of packages alone.
#   python.exe, Lib, DLLs   as an installation has them
#   prefix                  what Wine keeps its Windows in
# $PYTHON is a Python of this system with pip. The standard library is that of a Python 3.11 of this system.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/../packages.sh" wine=wine wine=wine64 x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64

mkdir -p "$1"
windows=$(cd "$1" && pwd)
python=$(command -v "${PYTHON:-python3}")
# Not resolved: the link is what makes it the Python of its environment.
case $python in /*) ;; *) python=$PWD/$python ;; esac
for same in "$python" python3.11 /usr/bin/python3.11 ''; do
    "$same" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1 && break
done
[ -n "$same" ] || { echo "A Python 3.11 is needed, for its standard library." >&2; exit 1; }
compiler=x86_64-w64-mingw32
# python311.dll and its modules for Windows, whole and of the official build, are part of the wheels of this game
# engine, with which its users freeze their programs on any system.
carrier='panda3d==1.10.16'

. "$here/environment.sh"
[ ! -e "$windows/.made" ] || exit 0
rm -rf "$windows"
mkdir -p "$windows/DLLs" "$windows/Lib/site-packages" "$windows/build"
cd "$windows/build"

"$python" -m pip --quiet --quiet --disable-pip-version-check download --no-deps --only-binary=:all: --dest . \
    --python-version 3.11 --implementation cp --platform win_amd64 "$carrier"
"$python" - "$windows" ./*.whl <<'PYTHON'
import sys
import zipfile
from pathlib import Path, PurePosixPath

windows = Path(sys.argv[1])
with zipfile.ZipFile(sys.argv[2]) as wheel:
    for entry in wheel.namelist():
        name = PurePosixPath(entry).name
        if entry.startswith("deploy_libs/") and not name.startswith(("tcl", "tk")):
            loaded_first = name.lower().startswith(("python", "api-ms-", "vcruntime", "ucrt"))
            (windows / ("" if loaded_first else "DLLs") / name).write_bytes(wheel.read(entry))
PYTHON

library=$("$same" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
tar --create --directory "$library" --exclude=__pycache__ --exclude=./site-packages --exclude=./dist-packages \
    --exclude=./test --exclude=./idlelib --exclude=./lib-dynload --exclude='./config-*' . |
    tar --extract --directory "$windows/Lib"
# Compiled once here: every start would do it again where PYTHONDONTWRITEBYTECODE is set, and it is slow under Wine.
"$same" -m compileall -q -j 0 -x '/lib2to3/tests/' "$windows/Lib"
# The import libraries are made from lists of names.
printf 'LIBRARY python311.dll\nEXPORTS\nPy_Main\n' >python311.def
$compiler-dlltool --def python311.def --output-lib libpython311.a
$compiler-gcc -O -municode -o "$windows/python.exe" "$here/python.c" libpython311.a
{
    printf 'LIBRARY python3.dll\nEXPORTS\n'
    $compiler-objdump --private-headers "$windows/python311.dll" |
        awk '/Ordinal\/Name Pointer/ { names = 1; next } names && $1 ~ /^\[/ { print $NF }' |
        grep -E '^_?Py' | sort -u | sed 's/.*/&=python311.&/'
} >python3.def
$compiler-gcc -shared -nostartfiles -Wl,-e,DllMain -o "$windows/python3.dll" "$here/stable_abi.c" python3.def

wineboot --init >/dev/null 2>&1
# The share that every Windows has of its own drive, for tests of paths that begin with a server.
mkdir -p "$WINEPREFIX/dosdevices/unc/localhost"
ln -s ../../../drive_c "$WINEPREFIX/dosdevices/unc/localhost/c\$"
# Among the files of the system, so that it does not become part of a program that PyInstaller makes.
$compiler-gcc -O -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$here/bcryptprimitives.c" \
    -ladvapi32
# pip for Windows is the wheel of pip, unpacked; its launchers for scripts are part of it.
"$python" -m pip --quiet --quiet --disable-pip-version-check download --no-deps --dest . pip
"$python" -m zipfile --extract pip-*.whl "$windows/Lib/site-packages"
cd "$windows"
rm -rf build
run_windows python.exe -c 'import sys, ssl, sqlite3, ctypes; print("Made a Python", sys.version, "in", sys.prefix)' >&2
touch "$windows/.made"
