#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml: exact versions with hashes, for every platform, no index address.
# Needs uv (pip install uv). Options go to uv, such as --upgrade.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
compile() {
    uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
        --custom-compile-command tools/lock.sh --output-file "requirements/$1.txt" "${@:2}"
}
compile runtime pyproject.toml --group build "$@"
compile dev pyproject.toml --group dev "$@"
compile node --group node "$@" # for machines without a Node.js that can build the page
