#!/bin/sh
# Build the one-folder bundle for this system into dist/mama-desktop, measure it, and let it check itself.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build packaging/mama_desktop.spec
printf 'dist/mama-desktop: %s MB\n' "$(du -sm dist/mama-desktop | cut -f1)"
# Without a display and outside the checkout's environment, as on a stranger's machine.
env -u DISPLAY -u WAYLAND_DISPLAY -u VIRTUAL_ENV QT_QPA_PLATFORM=offscreen dist/mama-desktop/mama-desktop --self-check
