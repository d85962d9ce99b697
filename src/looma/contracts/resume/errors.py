"""What can be wrong with a résumé or a taxonomy."""

from looma.platform.errors import Conflict, Invalid, NotFound, TooLarge

from .facts import MAX_FILE_BYTES


class Unreadable(Invalid):
    """The file is damaged or holds nothing that can be read."""

    code = "resume.unreadable"


class Empty(Invalid):
    """The file has no bytes, or the text no character."""

    code = "resume.empty"


class Encrypted(Invalid):
    """The file is locked with a password."""

    code = "resume.encrypted"


class Bomb(Invalid):
    """The file unpacks to far more than a document can be."""

    code = "resume.bomb"


class TooSlow(Invalid):
    """Reading the file took more time or memory than a document may take."""

    code = "resume.too_slow"


class UnknownKind(Invalid):
    """The content is of no kind that is read."""

    code = "resume.unknown_kind"


class ResumeTooLarge(TooLarge):
    """More bytes or pages than are read."""

    code = "resume.too_large"
    limit_mb = MAX_FILE_BYTES // 1024 // 1024


class NeedsOcr(Invalid):
    """The file is a picture of a text; it cannot be kept as a talent until it can be read."""

    code = "resume.needs_ocr"


class NotAResume(Invalid):
    """The text has no name, contact, title, company, school, date or skill."""

    code = "resume.not_a_resume"


class ResumeNotFound(NotFound):
    """No such résumé."""

    code = "resume.not_found"


class TaxonomyNotFound(NotFound):
    """No such taxonomy."""

    code = "resume.taxonomy_not_found"


class TaxonomyReserved(Conflict):
    """The name belongs to a taxonomy that comes with Looma."""

    code = "resume.taxonomy_reserved"
