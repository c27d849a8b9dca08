"""Asking a Truceline service from a program; docs/guide/api.md shows how."""

from truceline.client.client import Client

__all__ = ["Client"]
