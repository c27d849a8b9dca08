"""Frozen records: what things are."""
