"""Passing a request on, as it is, to the service that answers it."""
