#!/bin/sh
# Build the one-folder bundle for this system into dist/mama-desktop, measure it, and let it check itself.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build packaging/mama_desktop.spec
# Whatever lies in resources/ goes along, the catalogues compiled; the README's pictures stay.
find resources -type f ! -name '*.po' ! -name '*.pot' ! -path 'resources/pictures/*' | while IFS= read -r file; do
    [ -f "dist/mama-desktop/_internal/$file" ] || { echo "Not in the bundle: $file" >&2; exit 1; }
done
printf 'dist/mama-desktop: %s MB\n' "$(du -sm dist/mama-desktop | cut -f1)"
# Without a display and outside the checkout's environment, as on a stranger's machine.
env -u DISPLAY -u WAYLAND_DISPLAY -u VIRTUAL_ENV QT_QPA_PLATFORM=offscreen dist/mama-desktop/mama-desktop --self-check
