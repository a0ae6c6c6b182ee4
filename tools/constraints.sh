#!/bin/sh
# Writes constraints.txt: one version of every package, for every platform, and no address of any package index.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
"$uv" pip compile --quiet --universal --python-version 3.12 --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
    --extra test --extra all pyproject.toml >"$fresh"
{ echo "# Versions smsim is tested with, for every platform; \`make constraints\` writes this file."; cat "$fresh"; } >constraints.txt
