"""The real servers that drivers are tested with: one module each, with `name`, `get()`, `start(folder)`, `stop()`."""
