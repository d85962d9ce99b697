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
