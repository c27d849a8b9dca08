"""Names as eyes compare them: what is not seen is left out, and letters that look alike are one."""

import unicodedata

# Pairs that look alike in most typefaces (Unicode Technical Standard 39, "confusables": the letters of names only).
_LATIN = {
    "АВЕЅІЈКМНОРСТУХаесѕіјорухһԁԛԝ": "ABESIJKMHOPCTYXaecsijopyxhdqw",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανικορυ": "ABEZHIKMNOPTYXavikopu",
    "01|": "oii",
    "كيىه\u06c1\u06d5": "کیی\u06be\u06be\u06be",  # Arabic letters that have other numbers in Persian, Urdu and Kurdish
}
_ALIKE = {ord(one): other for every, others in _LATIN.items() for one, other in zip(every, others, strict=True)}
# Letters and marks by their class, and blank all the same: fillers, joiners, selectors, the stroke that lengthens.
_BLANK = dict.fromkeys(
    (0x034F, 0x0640, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10),
     *range(0x180B, 0x1810), *range(0xE0100, 0xE01F0))
)  # fmt: skip


def seen_letters(text: str) -> str:
    """The text on one line, without signs that are not seen or that turn its direction."""
    shown = "".join(each for each in " ".join(text.split()) if each.isprintable())
    return " ".join(shown.translate(_BLANK).split())


def looks_of(name: str) -> str:
    """The same for two names that a reader may take for each other; to be compared, never shown."""
    plain = seen_letters(unicodedata.normalize("NFKC", name))
    folded = plain.translate(_ALIKE).casefold().translate(_ALIKE)
    return folded.replace("l", "i")
