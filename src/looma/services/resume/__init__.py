"""Reading documents: their text, the facts in it, and skills and titles under one name each."""
