#!/bin/sh
# Makes .venv and installs smsim into it: with uv where there is one, else with the first Python from 3.12 that really runs.
set -eu
cd "$(dirname "$0")/.."

runs() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

find_python() {
    for name in python3.13 python3.12 python3.14 python3 python; do
        if runs "$name"; then echo "$name"; return 0; fi
    done
    return 1
}

has_room() { runs .venv/bin/python; }

make_with_uv() {
    command -v uv >/dev/null 2>&1 || return 1
    has_room || uv venv --quiet --clear .venv || return 1
    uv pip install --quiet --python .venv/bin/python -c constraints.txt -e '.[test,all]'
}

make_with_pip() {
    if ! has_room; then
        rm -rf .venv
        python=$(find_python) || {
            echo "smsim needs Python 3.12 or newer, or uv; neither was found." >&2
            echo "Tried python3.13, python3.12, python3.14, python3 and python. Install one of them, or uv, and try again." >&2
            exit 1
        }
        "$python" -m venv .venv
    fi
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,all]'
}

echo "making the environment in .venv (once; a minute or two)" >&2
make_with_uv || make_with_pip
touch .venv/.made
