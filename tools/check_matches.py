"""Check what `looma submit --json` said: three jobs, ranked, each with a reason that quotes the résumé."""

import json
import sys
from pathlib import Path

WANTED = 3


def quotes(match: dict, text: str) -> bool:
    """Whether some reason of the match quotes the résumé, word for word and at the place that it names."""
    items = [item for reason in match["reasons"] if reason["points"] > 0 for item in reason["evidence"]["resume"]]
    return any(item["text"].strip() and text[item["start"] : item["end"]] == item["text"] for item in items)


def main(file: str, submitted: str) -> None:
    """Exit with a sentence."""
    told = json.loads(Path(submitted).read_text(encoding="utf-8"))
    text, found = told["text"], told["matches"]
    scores = [match["score"] for match in found]
    good = [match for match in found[:WANTED] if match["score"] > 0 and quotes(match, text)]
    if scores != sorted(scores, reverse=True) or len(good) < WANTED:
        sys.exit(f"check failed: {file}: {len(good)} of the first {WANTED} jobs have a reason that quotes the résumé")
    best = ", ".join(f"{match['job']['title']} {match['score']}" for match in good)
    sys.stdout.write(f"ok: {Path(file).name}: {len(found)} jobs ranked; {best}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
