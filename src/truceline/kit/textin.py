"""Bytes become text: strictly as UTF-8, else by the best guess, else not at all."""

import codecs
from dataclasses import dataclass

# Signs that hardly a text file holds; tab, line ends, form feed and escape may occur.
_BINARY_SIGNS = bytes(sign for sign in range(32) if sign not in b"\t\n\r\f\x1b\x08\x0b\x1a")
_BINARY_STARTS = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"{\\rtf")
# The UTF-32 mark begins with the UTF-16 one, so it is asked for first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What reports in the languages we meet are saved in when not in UTF-8; guessing among all codecs finds nonsense.
# Without cp1250: it differs from cp1252 in letters that French has and that a guess then gives to Slovak.
_PLAUSIBLE = ["cp1252", "cp1256", "cp1251", "cp1254", "koi8_r", "koi8_u", "iso8859_6", "cp1255", "cp1253"]
_GUESS_BYTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and the encoding it was read in; `is_guess` where nothing in the file says so."""

    text: str
    encoding: str
    is_guess: bool = False


def parse_text(octets: bytes, *, declared: str | None = None) -> Decoded | None:
    """The text exactly as decoded (a UTF-8 byte order mark stays its first sign); None where it is binary.

    `declared` is the encoding that the file itself names; it is tried after UTF-8.
    """
    if octets.startswith(_BINARY_STARTS):
        return None
    for encoding in (*_marked(octets), "utf-8", *([declared] if declared is not None else [])):
        text = _decode(octets, encoding)
        if text is not None:
            return None if _is_binary(text.encode("utf-8", "replace")) else Decoded(text=text, encoding=encoding)
    return None if _is_binary(octets) else _guess(octets)


def _marked(octets: bytes) -> list[str]:
    return [encoding for mark, encoding in _MARKS if octets.startswith(mark)][:1]


def _decode(octets: bytes, encoding: str) -> str | None:
    try:
        return octets.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is_binary(octets: bytes) -> bool:
    """True with a zero byte, or with more stray control signs than slips of a keyboard explain."""
    strays = len(octets) - len(octets.translate(None, _BINARY_SIGNS))
    return b"\0" in octets or strays * 100 > len(octets)


def _guess(octets: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 — slow to import, and few files need a guess

    best = from_bytes(octets[:_GUESS_BYTES], cp_isolation=_PLAUSIBLE).best()
    if best is None:
        return None
    text = _decode(octets, best.encoding)
    return None if text is None else Decoded(text=text, encoding=best.encoding, is_guess=True)
