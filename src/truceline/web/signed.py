"""Notes that we hand out and take back: nobody else can write one, and each is good for one purpose and a while."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST = 3000  # characters; a cookie holds 4096 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs notes with the service's key; what stands in one can be read by whoever holds it."""

    secret: bytes
    clock: Callable[[], float]

    def write(self, purpose: str, said: Mapping[str, str], *, seconds: int) -> str:
        body = json.dumps({**said, "until": int(self.clock()) + seconds}, ensure_ascii=True, separators=(",", ":"))
        shown = base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")
        return f"{shown}.{self.sign(purpose, shown)}"

    def read(self, purpose: str, note: str) -> Mapping[str, str] | None:
        """What we wrote; None for a note that is not ours, is for something else or has ended."""
        shown, _, signed = note.partition(".")
        if len(note) > LONGEST or not note.isascii() or not hmac.compare_digest(signed, self.sign(purpose, shown)):
            return None
        try:
            said = json.loads(base64.urlsafe_b64decode(shown + "=" * (-len(shown) % 4)))
        except (binascii.Error, ValueError):
            return None
        return said if said.pop("until") > self.clock() else None

    def sign(self, purpose: str, shown: str) -> str:
        return hmac.new(self.secret, f"{purpose}\n{shown}".encode(), hashlib.sha256).hexdigest()
