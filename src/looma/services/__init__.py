"""Nine siblings that do not know each other; they meet only through contracts."""
