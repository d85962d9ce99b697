"""Files for tests and figures, written byte by byte: PDF, DOCX and pictures."""
