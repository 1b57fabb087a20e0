#!/bin/sh
# Makes the virtual environment $1, with a pip in it, out of the first Python that is new enough.
# What a bare Debian lacks is installed when this runs as root; otherwise it is named.
set -eu
venv=$1
here=$(dirname "$0")

say() { printf '%s\n' "$*" >&2; }

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
        if new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

if new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit
fi

if ! python=$(find_python); then
    "$here/packages.sh" =python3 =python3-venv || true
    python=$(find_python) || {
        say "Python 3.11 or newer is needed. PYTHON=/path/to/python names one that is not on the PATH."
        exit 1
    }
fi

say "Making $venv with $python"
# Debian keeps ensurepip, which puts pip into a new environment, in a package of its own.
if "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    "$python" -m venv --clear "$venv"
elif "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear --without-pip "$venv"
    "$python" -m pip --quiet --python "$venv/bin/python" install pip
else
    "$here/packages.sh" "=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    "$python" -m venv --clear "$venv"
fi
