"""Secrets that let somebody in, and what is kept of them."""

import hashlib
import secrets


def new_secret() -> str:
    """What only its holder knows: 256 bits, for an address or a cookie."""
    return secrets.token_urlsafe(32)


def sealed(secret: str) -> str:
    """What is kept of such a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def new_id(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(8)}"
