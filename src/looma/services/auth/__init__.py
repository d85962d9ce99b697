"""auth-service: who may come in, and what they are."""
