#!/usr/bin/env bash
# Sets up, then checks the code (format, lint, types, imports) and runs the tests: the page's, Python's, the browser's.
#
#   ./run_tests.sh            the default suite
#   ./run_tests.sh --long     also the long forms, with coverage (at least 90 % of lines)
#   ./run_tests.sh -k words   anything else goes to pytest, and the page and the browser are left out
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

# shellcheck source=tools/environment.sh
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

# page SCRIPT: one of the page's own scripts, if it has it.
page() {
    has_script "$1" || return 0
    (cd web && npm run --silent "$1")
}

page=
if [ ${#arguments[@]} -eq 0 ] && [ -f web/package.json ]; then
    page=yes
    use_node || die "The page cannot be checked without Node.js."
    tools/build_web.sh
    npm_packages || die "The page cannot be checked without its packages."
    say "The page: types, lint, texts, tests."
    page check
    page test
fi

say "Tests, in two processes."
two=(-q -n 2 --dist loadscope)
if [ -n "$long" ]; then
    .venv/bin/python -m pytest "${two[@]}" --cov --cov-report=term:skip-covered ${arguments[@]+"${arguments[@]}"}
else
    .venv/bin/python -m pytest "${two[@]}" -m "not long" ${arguments[@]+"${arguments[@]}"}
fi

if [ -n "$page" ] && has_script journeys; then
    if LOOMA_CHROMIUM=$(find_chromium); then
        say "Journeys through the page, in a browser."
        export LOOMA_CHROMIUM
        [ -z "$long" ] || export LOOMA_LONG=1
        page journeys
    else
        say "The journeys through the page were left out: there is no Chromium. On Debian and Ubuntu: apt-get install chromium fonts-noto-cjk (LOOMA_CHROMIUM=/path/to/chromium names one)."
    fi
fi
