"""Truceline: partisan reports in, a ceasefire register anyone can check out."""

__version__ = "0.1.0"
