"""The stores: one protocol a family, one driver a technology, picked by the scheme of a URL."""
