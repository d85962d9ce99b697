#!/usr/bin/env bash
# Builds the page (web/) into src/looma/web/built/, where looma-crm finds it when it starts. What is up to date is left
# alone; Node.js is taken from a Python package where the machine has none.
#
#   tools/build_web.sh
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."

case "${1:-}" in
-h | --help)
    sed -n '2,5s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac

# shellcheck source=tools/environment.sh
. tools/environment.sh

built=src/looma/web/built
stamp=web/.built

# A digest of everything that the page is made of.
sources() {
    find web docs/reference/openapi tools/build_web.sh \
        \( -path web/node_modules -o -path web/dist -o -path web/.packed -o -path web/journeys -o -path web/tests \
        -o -name generated -o -name ".built*" \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 cksum | digest
}

is_built() { [ -f "$built/index.html" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$1" ]; }

wanted=$(sources)
if is_built "$wanted"; then
    exit 0
fi
if command -v flock >/dev/null; then # two builds at once: the second one waits, and finds it done
    exec 9>web/.built.lock
    flock 9
    if is_built "$wanted"; then
        exit 0
    fi
fi

use_node || die "The page was not built."
npm_packages || die "The page was not built."
say "Building the page."
if ! log=$(cd web && npm run --silent build 2>&1); then
    printf '%s\n' "$log" >&2
    die "The page could not be built."
fi

packed=web/.packed
rm -rf "$packed"
mkdir -p "$packed"
cp -R web/dist "$packed/new"
rm -rf "$packed/new/.vite"
node web/tools/compress.mjs "$packed/new"
if [ -e "$built" ]; then mv "$built" "$packed/old"; fi
mv "$packed/new" "$built" # a server that starts meanwhile finds the whole page or none
rm -rf "$packed"
printf '%s' "$wanted" >"$stamp"
