#!/usr/bin/env bash
# Sets up, then checks the code (format, lint, types, imports) and runs the tests.
#
#   ./run_tests.sh            the default suite
#   ./run_tests.sh --long     also the long forms, with coverage (at least 90 % of lines)
#   ./run_tests.sh -k words   anything else goes to pytest
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"

case "${1:-}" in
-h | --help)
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac

long=
arguments=()
for argument in "$@"; do
    if [ "$argument" = --long ]; then long=yes; else arguments+=("$argument"); fi
done

. tools/environment.sh
make_environment
install dev

say "Format, lint, types, imports."
.venv/bin/ruff format --check --quiet .
.venv/bin/ruff check --quiet .
.venv/bin/mypy --no-error-summary
.venv/bin/lint-imports --no-logo >.venv/imports.log 2>&1 || {
    cat .venv/imports.log
    exit 1
}

say "Tests, in two processes."
two=(-q -n 2 --dist loadscope)
if [ -n "$long" ]; then
    exec .venv/bin/python -m pytest "${two[@]}" --cov --cov-report=term:skip-covered ${arguments[@]+"${arguments[@]}"}
fi
exec .venv/bin/python -m pytest "${two[@]}" -m "not long" ${arguments[@]+"${arguments[@]}"}
