"""Documents in: files and folders become documents, each with where it came from."""

from truceline.gather.documents import documents

__all__ = ["documents"]
