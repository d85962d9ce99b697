"""The HTTP edge: a service becomes a Sanic application. The envelope is made here and nowhere else."""

from .application import App, EdgeParts, application, service_contract

__all__ = ["App", "EdgeParts", "application", "service_contract"]
