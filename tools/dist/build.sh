#!/bin/sh
# Builds into dist/: the source archive, the wheel, a program in a single file for this system and, under Wine, one for
# Windows; with the licence texts and a bill of materials for each program, and the checksums of all. Each is tried.
# $PYTHON is a Python with the tools of the tests. WITHOUT_WINDOWS=1 leaves out the program for Windows.
set -eu
cd "$(dirname "$0")/../.."
python=$(realpath --no-symlinks "$PYTHON")
export PYTHON="$python"
# The time of the last commit, so that the same sources give the same files.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)
export SOURCE_DATE_EPOCH

echo "== Source archive and wheel"
rm -rf dist
"$python" -m hatchling build --target sdist --directory dist
# From the archive, so that the wheel has nothing that the archive lacks.
rm -rf .make/unpacked && mkdir -p .make/unpacked
tar --extract --file dist/*.tar.gz --directory .make/unpacked
(cd .make/unpacked/* && "$python" -m hatchling build --target wheel --directory ../../../dist)
rm -rf .make/unpacked
wheel=$(ls dist/*.whl)

echo "== Program for this system"
system=$("$python" -c 'import platform; print(f"{platform.system()}-{platform.machine()}".lower())')
rm -rf .make/frozen
"$python" -m venv .make/frozen
.make/frozen/bin/python -m pip --quiet --quiet --disable-pip-version-check install --constraint constraints.txt \
    pyinstaller packaging "$wheel[backup,practice]"
.make/frozen/bin/python -m PyInstaller --noconfirm --log-level ERROR --distpath .make/frozen/out \
    --workpath .make/frozen/work tools/dist/ionapi-tui.spec
mv .make/frozen/out/ionapi-tui "dist/ionapi-tui-$system"
.make/frozen/bin/python -m tools.dist.licences "dist/LICENCES-$system.txt" "dist/sbom-$system.cdx.json" \
    "dist/ionapi-tui-$system"
"$python" -m tools.dist.try_program "$PWD/dist/ionapi-tui-$system"

if [ -z "${WITHOUT_WINDOWS:-}" ]; then
    echo "== Program for Windows"
    windows=$PWD/.make/windows
    tools/windows/python.sh "$windows"
    tools/windows/install.sh "$windows" "$wheel"
    . tools/windows/environment.sh
    run_windows "$windows/python.exe" -m PyInstaller --noconfirm --log-level ERROR --distpath dist \
        --workpath "$(winepath --windows "$windows/frozen")" tools/dist/ionapi-tui.spec
    run_windows "$windows/python.exe" -m tools.dist.licences dist/LICENCES-windows.txt dist/sbom-windows.cdx.json \
        dist/ionapi-tui.exe
    "$python" -m tools.dist.try_program wine "$PWD/dist/ionapi-tui.exe"
fi

(cd dist && sha256sum ./* | sed 's,\./,,' >.sums && mv .sums SHA256SUMS && cat SHA256SUMS && ls -l)
