#!/usr/bin/env bash
# Sets up Looma and puts a résumé through its main job: which open jobs fit, and why.
#
#   ./quick_start.sh               with the two résumés that come with it, one Chinese and one English
#   ./quick_start.sh resume.pdf    with your own (PDF, DOCX or text)
#   ./quick_start.sh --check       the same, checked: succeeds only if at least three jobs came back ranked,
#                                  each with a reason that quotes the résumé
set -euo pipefail

case "${1:-}" in
-h | --help)
    sed -n '2,7s/^# \{0,1\}//p' "$0"
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

cd "$here"
# shellcheck source=tools/environment.sh
. tools/environment.sh
make_environment
install runtime

if [ ${#files[@]} -eq 0 ]; then
    files=(src/looma/demo/samples/*)
fi

if [ -n "$check" ]; then
    data=$(mktemp -d)
    trap 'rm -rf "$data"' EXIT
    for file in "${files[@]}"; do
        .venv/bin/looma parse "$file" --json >"$data/parsed.json"
        .venv/bin/looma match "$file" --data "$data/empty" --json >"$data/matches.json"
        .venv/bin/python tools/check_matches.py "$file" "$data/parsed.json" "$data/matches.json"
    done
    exit 0
fi

.venv/bin/looma match "${files[@]}"
cat >&2 <<'TXT'

Next:
  .venv/bin/looma match YOUR_RESUME.pdf             another résumé
  .venv/bin/looma match R.pdf --jobs jobs.jsonl     your own jobs
  .venv/bin/looma parse YOUR_RESUME.pdf             what a résumé says, and where
  .venv/bin/looma --help                            everything else
TXT
