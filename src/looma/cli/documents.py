"""Files that a command was given: résumés and job lists."""

import json
import mimetypes
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from looma.contracts.matching import JobText
from looma.contracts.resume import MAX_FILE_BYTES, ResumeTooLarge
from looma.platform.contract import Upload

from .outcome import Exit, stop
from .words import t


def upload(file: Path) -> Upload:
    """The file, read; a file that is too large is refused before it is read."""
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ResumeTooLarge(limit_mb=MAX_FILE_BYTES // 1024 // 1024)
        data = file.read_bytes()
    except FileNotFoundError:
        stop(t("file_missing", file=file), Exit.REFUSED)
    except OSError as why:
        stop(t("file_unreadable", file=file, why=why.strerror), Exit.REFUSED)
    return Upload(filename=file.name, media_type=mimetypes.guess_type(file.name)[0] or "", data=data)


def jobs(file: Path) -> list[JobText]:
    """The jobs of a JSON Lines file, in order; the first bad line ends the command and is named."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        stop(t("file_missing", file=file), Exit.REFUSED)
    except (OSError, UnicodeDecodeError) as why:
        stop(t("file_unreadable", file=file, why=why), Exit.REFUSED)
    found = [_job(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return found or stop(t("jobs_empty", file=file), Exit.REFUSED)


def _job(file: Path, number: int, line: str) -> JobText:
    try:
        value: dict[str, Any] = dict(json.loads(line))
        # Lists that people export have more columns than we ask for; only what we rank by is taken.
        known = {name: value[name] for name in JobText.model_fields if value.get(name) is not None}
        return JobText.model_validate(known)
    except ValidationError as bad:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in bad.errors(include_url=False))
        stop(t("jobs_line", file=file, line=number, message=told), Exit.REFUSED)
    except (ValueError, TypeError):
        stop(t("jobs_line", file=file, line=number, message=t("jobs_line_json")), Exit.REFUSED)
