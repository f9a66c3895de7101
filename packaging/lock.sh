#!/bin/sh
# Write packaging/lock/*.txt from pyproject.toml: exact versions with hashes for every system, and no registry's address.
# `make lock` keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
"$python" -m uv --version >/dev/null 2>&1 || "$python" -m pip install --quiet uv

compile() { # compile TARGET SOURCE-AND-OPTIONS...
    target=packaging/lock/$1.txt
    shift
    # --no-emit-*: the address of a registry or of a private mirror is nobody's business.
    "$python" -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --only-binary :all: \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-build-options \
        ${UPGRADE:-} --output-file "$target" "$@"
}
compile run pyproject.toml --extra server --group build
compile dev pyproject.toml --extra server --group build --group dev --constraints packaging/lock/run.txt
compile package pyproject.toml --extra server --group build --group package --constraints packaging/lock/run.txt
