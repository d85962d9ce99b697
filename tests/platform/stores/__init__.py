"""Tests of the stores: one conformance file a family, over all its drivers."""
