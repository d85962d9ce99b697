"""Files that a command was given: résumés and job lists."""

import json
import mimetypes
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from looma.contracts.matching import JobText
from looma.contracts.resume import MAX_FILE_BYTES, ResumeTooLarge
from looma.platform.contract import Upload
from looma.platform.requests import sentences

from .outcome import Exit, stop
from .words import language, t

MAX_JOBS_BYTES = 256 * 1024 * 1024


def upload(file: Path) -> Upload:
    """The file, read; of one that is too large, a device without an end included, no more than shows that it is."""
    if (data := _read(file, MAX_FILE_BYTES)) is None:
        raise ResumeTooLarge(limit_mb=MAX_FILE_BYTES // 1024 // 1024)
    return Upload(filename=file.name, media_type=mimetypes.guess_type(file.name)[0] or "", data=data)


def jobs(file: Path) -> list[JobText]:
    """The jobs of a JSON Lines file, in order; the first bad line ends the command and is named."""
    if (data := _read(file, MAX_JOBS_BYTES)) is None:
        stop(t("jobs_too_large", file=file, limit_mb=MAX_JOBS_BYTES // 1024 // 1024), Exit.REFUSED)
    try:
        lines = data.decode("utf-8-sig").split("\n")  # a line separator of Unicode may stand inside a JSON string
    except UnicodeDecodeError as why:
        stop(t("file_unreadable", file=file, why=why), Exit.REFUSED)
    found = [_job(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return found or stop(t("jobs_empty", file=file), Exit.REFUSED)


def _read(file: Path, most: int) -> bytes | None:
    """The bytes of the file; None when it has more than `most`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except FileNotFoundError:
        stop(t("file_missing", file=file), Exit.REFUSED)
    except OSError as why:
        stop(t("file_unreadable", file=file, why=why.strerror), Exit.REFUSED)
    return data if len(data) <= most else None


def _job(file: Path, number: int, line: str) -> JobText:
    try:
        value = _object(line)
        # Lists that people export have more columns than we ask for; only what we rank by is taken.
        known = {name: value[name] for name in JobText.model_fields if value.get(name) is not None}
        return JobText.model_validate(known)
    except ValidationError as bad:
        stop(t("jobs_line", file=file, line=number, message=sentences(bad, language())), Exit.REFUSED)
    except ValueError:
        stop(t("jobs_line", file=file, line=number, message=t("jobs_line_json")), Exit.REFUSED)


def _object(line: str) -> dict[str, Any]:
    """The JSON object of a line; ValueError for anything else."""
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - to the caller it is the same as broken JSON
    return value
