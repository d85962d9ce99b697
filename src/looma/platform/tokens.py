"""Access tokens: signed by auth-service, verified by every service on its own."""
