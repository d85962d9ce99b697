"""Documents as text: PDF, DOCX and text files with their lines in reading order, whatever they call themselves."""

from .document import Document
from .reading import read_document

__all__ = ["Document", "read_document"]
