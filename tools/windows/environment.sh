# Sourced: how to run a program of the Windows Python in the folder $windows under Wine, in the Windows called $prefix.
export WINEPREFIX="$windows/${prefix:-prefix}" WINEARCH=win64 WINEDEBUG=-all
# No window opens, and no browser engine or .NET is offered for download.
unset DISPLAY WAYLAND_DISPLAY
export WINEDLLOVERRIDES="mscoree=;mshtml=;winemenubuilder.exe="

# Runs a Windows program. Wine starts Python only with standard handles, hence the pipe; the exit code is the program's.
run_windows() {
    { wine "$@" </dev/null 2>&1; echo $? >"$WINEPREFIX/exit-code"; } | sed -u 's,\r$,,'
    return "$(cat "$WINEPREFIX/exit-code")"
}
