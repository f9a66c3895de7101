#!/bin/sh
# Collect the texts of the program into resources/locale/sl.po (new ones wait there empty for their translation).
set -eu
cd "$(dirname "$0")/.."
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
.venv/bin/pybabel -q extract -F packaging/babel.cfg -k T -k TN:1,2 -k TC:1c,2 --no-location --no-wrap --sort-output \
    --project mama-desktop -o "$pot" .
.venv/bin/pybabel -q update -i "$pot" -o resources/locale/sl.po -l sl --no-wrap --no-fuzzy-matching --ignore-obsolete \
    --ignore-pot-creation-date --update-header-comment
.venv/bin/pybabel -q compile -i resources/locale/sl.po -o resources/locale/sl.mo -l sl
