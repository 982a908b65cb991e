"""Revisions, run by ``tenmatsu.store.upgrade``."""
