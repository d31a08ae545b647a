#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# headless.sh COMMAND...: runs COMMAND with an X server, session bus, runtime folder and home of its
# own, so that many tests can run at once and none touches the person's desktop.
set -eu
root=$(mktemp -d "${TMPDIR:-/tmp}/kabinet-ui.XXXXXX")
mkdir -m 700 "$root/run" "$root/home"
mkdir -p "$root/home/.config/gtk-4.0" "$root/home/Downloads"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=0\n' \
    > "$root/home/.config/gtk-4.0/settings.ini"
printf 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n' > "$root/home/.config/user-dirs.dirs"
export HOME=$root/home XDG_RUNTIME_DIR=$root/run XDG_CONFIG_HOME=$root/home/.config \
       XDG_DATA_HOME=$root/home/.local/share XDG_CACHE_HOME=$root/home/.cache
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY AT_SPI_BUS_ADDRESS GTK_THEME
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GSETTINGS_BACKEND=memory \
       LIBGL_ALWAYS_SOFTWARE=1 LANG=${KAB_TEST_LANG:-C.UTF-8} LC_ALL=${KAB_TEST_LANG:-C.UTF-8} TZ=UTC
mkfifo "$root/display"
# Xvfb picks a free display by itself and says which one on descriptor 3.
Xvfb -displayfd 3 -screen 0 "${KAB_TEST_SCREEN:-1280x900}x24" -nolisten tcp -noreset 3>"$root/display" 2>"$root/xvfb.log" &
xpid=$!
trap 'kill $xpid 2>/dev/null || :; wait $xpid 2>/dev/null || :; rm -rf "$root"' EXIT
read -r n < "$root/display"
export DISPLAY=:$n
rc=0
# What the bus starts must not write into the command's output.
dbus-run-session -- sh -c 'exec "$@" >&4 4>&-' command "$@" 4>&1 >/dev/null || rc=$?
exit $rc
