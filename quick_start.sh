#!/usr/bin/env bash
# Sets up Looma and starts it with demo data, puts a résumé through its main job (which open jobs fit, and why), tells
# the addresses and how to sign in, and serves until Ctrl-C. What it keeps is in ~/.local/share/looma (LOOMA_DATA).
#
#   ./quick_start.sh               with the two résumés that come with it, one Chinese and one English
#   ./quick_start.sh resume.pdf    with your own (PDF, DOCX or text)
#   ./quick_start.sh --check       the same on free ports with a folder that is thrown away, and stops: succeeds only
#                                  if at least three jobs came back ranked, each with a reason that quotes the résumé
set -euo pipefail

case "${1:-}" in
-h | --help)
    sed -n '2,8s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
check=
files=()
for argument in "$@"; do
    case "$argument" in
    --check) check=yes ;;
    -*)
        echo "There is no option $argument. Try: ./quick_start.sh --help" >&2
        exit 2
        ;;
    *)
        if [ ! -e "$argument" ]; then
            echo "$argument: there is no such file" >&2
            exit 3
        fi
        files+=("$(realpath -- "$argument")")
        ;;
    esac
done
[ -z "${LOOMA_DATA:-}" ] || LOOMA_DATA=$(realpath -m -- "$LOOMA_DATA")

cd "$here"
# shellcheck source=tools/environment.sh
. tools/environment.sh
make_environment
install runtime
if [ -f web/package.json ]; then
    tools/build_web.sh || say "Looma starts without its pages; what it can do is there on the command line and over HTTP."
fi

looma=.venv/bin/looma
if [ ${#files[@]} -eq 0 ]; then
    files=(src/looma/demo/samples/*)
fi

work=$(mktemp -d)
up=
end() {
    if [ -n "$up" ]; then
        kill -TERM "$up" 2>/dev/null || true
        wait "$up" || true
    fi
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start OPTION…: start the platform and return when it is ready; what it says of signing in goes to the terminal.
start() {
    mkfifo "$work/ready"
    set -m # in a process group of its own: Ctrl-C comes to this script, which ends it once
    "$looma" up --demo "$@" >"$work/ready" </dev/null &
    up=$!
    set +m
    local line=
    read -r line <"$work/ready" || true
    case "$line" in
    ready\ *)
        page=${line#*looma-crm=}
        page=${page%% *}
        return 0
        ;;
    esac
    local code=0
    wait "$up" || code=$?
    up=
    exit "$((code ? code : 1))"
}

if [ -n "$check" ]; then
    export LOOMA_DATA="$work/data"
    start --ports-from 0
    for file in "${files[@]}"; do
        "$looma" submit "$file" --json >"$work/matches.json"
        .venv/bin/python tools/check_matches.py "$file" "$work/matches.json"
    done
    exit 0
fi

if "$looma" status >/dev/null 2>&1; then
    "$looma" submit "${files[@]}"
    "$looma" status
    exit 0
fi
start
"$looma" submit "${files[@]}" || say "The résumé was refused; Looma goes on serving."
"$looma" status
cat >&2 <<TXT

The page: $page. Sign in as “admin”; the password stood at the start of the first run, and only there.

Next, in another terminal:
  .venv/bin/looma submit YOUR_RESUME.pdf        another résumé
  .venv/bin/looma match R.pdf --jobs jobs.jsonl your own jobs, nothing kept
  .venv/bin/looma admin reset-password          a new password for “admin”
  .venv/bin/looma --help                        everything else
Ctrl-C ends Looma here; ./quick_start.sh or .venv/bin/looma up starts it again with all that was kept.
TXT
wait "$up" || true
