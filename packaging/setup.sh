#!/bin/sh
# Make .venv and fill it from a lock: packaging/setup.sh run | dev | package. A second call finds its stamp and is done.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
kind=${1:-run}
lock=packaging/lock/$kind.txt
[ -f "$lock" ] || { echo "usage: packaging/setup.sh run|dev|package" >&2; exit 2; }

say() { printf '%s\n' "$*" >&2; }

# What a window needs beyond drawing to memory is asked for only where there is a display, or where a bundle carries it away.
display=""
if [ "$(uname -s)" = Linux ]; then
    case $kind in
        run) display="${DISPLAY:+x11}${WAYLAND_DISPLAY:+wayland}" ;;
        package) display=x11wayland ;;
    esac
fi

stamp() { # What .venv was made from; any difference means installing again.
    project=$(sed -n '/^\[project\]/,/^\[tool/p' pyproject.toml)
    printf '%s %s %s\n' "$(printf %s "$project" | cat "packaging/lock/$1.txt" packaging/setup.sh - | cksum)" "$root" "$2"
}
is_installed() {
    [ -x .venv/bin/mama-desktop ] && [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(stamp "$1" "$2")" ]
}
compile_texts() { # A fresh catalogue, whenever the translations are newer than it.
    if [ -f resources/locale/sl.po ] && ! [ resources/locale/sl.mo -nt resources/locale/sl.po ]; then
        .venv/bin/pybabel -q compile -i resources/locale/sl.po -o resources/locale/sl.mo -l sl
    fi
}
if is_installed "$kind" "$display" || { [ -z "$display" ] && [ "$kind" = run ] && is_installed dev ""; }; then
    compile_texts
    exit 0
fi

# apt_install WHY PACKAGE...: install when root, otherwise print the command and stop.
apt_install() {
    why=$1
    shift
    if ! command -v apt-get >/dev/null 2>&1; then
        say "$why Install what your system calls: $*"
        exit 1
    fi
    if [ "$(id -u)" != 0 ]; then
        say "$why Please run this once, then try again:"
        say ""
        say "    sudo apt-get update && sudo apt-get install --yes --no-install-recommends $*"
        say ""
        exit 1
    fi
    say "$why Installing: $*"
    log=$(mktemp)
    if ! apt-get -qq update >"$log" 2>&1 </dev/null || ! DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install --yes --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
}

# 1. A Python, 3.11 or later, that can make a virtual environment.
is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
python=""
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if is_new_enough "$name"; then
        python=$name
        break
    fi
done
[ -n "$python" ] || { say "MaMa Desktop needs Python 3.11 or later; none was found."; exit 1; }

is_whole_venv() { # Ours, in this very folder (a moved checkout is made anew), new enough and with pip.
    is_new_enough .venv/bin/python && [ "$(.venv/bin/python -c 'import pip, sys; print(sys.prefix)' 2>/dev/null)" = "$root/.venv" ]
}
if ! is_whole_venv; then
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "Python $version here cannot make a virtual environment." "python$version-venv"
    fi
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

# 2. Exact versions, checked against their hashes; then the checkout itself, so that .venv/bin/mama-desktop exists.
say "Installing from $lock (once; about a minute)"
rm -f ".venv/.installed-$kind"
pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1 .venv/bin/python -m pip --quiet"
$pip install --require-hashes --only-binary :all: --requirement "$lock"
$pip install --no-deps --no-build-isolation --editable .

# 3. The system libraries of Qt: asked of Qt itself, so that nothing is installed where nothing is missing.
can_draw() {
    QT_QPA_PLATFORM=offscreen .venv/bin/python -c 'from PySide6.QtWidgets import QApplication; QApplication([])' >/dev/null 2>&1
}
can_open_window() {
    platforms=$(.venv/bin/python -c 'import pathlib, PySide6; print(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms")')
    case $display in *x11*) ! ldd "$platforms/libqxcb.so" | grep -q "not found" || return 1 ;; esac
    case $display in *wayland*) ! ldd "$platforms/libqwayland.so" | grep -q "not found" || return 1 ;; esac
}
for_drawing="libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libxkbcommon0"
for_x11="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-util1 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libx11-xcb1"
for_wayland="libwayland-client0 libwayland-cursor0 libwayland-egl1"
if [ "$(uname -s)" = Linux ]; then
    needed=""
    can_draw || needed=$for_drawing
    case $display in *x11*) can_open_window || needed="$needed $for_x11" ;; esac
    case $display in *wayland*) can_open_window || needed="$needed $for_wayland" ;; esac
    if [ -n "$needed" ]; then
        # shellcheck disable=SC2086  # a list of words
        apt_install "Qt misses libraries of the system." $needed
        if ! can_draw || ! can_open_window; then
            say "Qt still does not start; it says:"
            QT_QPA_PLATFORM=offscreen .venv/bin/python -c 'from PySide6.QtWidgets import QApplication; QApplication([])' || true
            exit 1
        fi
    fi
fi

compile_texts
stamp "$kind" "$display" > ".venv/.installed-$kind"
