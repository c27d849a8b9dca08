"""The regular forms of an English verb; irregular ones stand in the dictionary between braces."""

import re

# One syllable that ends in one consonant after one vowel doubles it: BAN, BANNED.
_DOUBLING = re.compile(r"[^AEIOU]*(?:QU)?[AEIOU][^AEIOUWXY]")


def regular_forms(verb: str) -> tuple[str, ...]:
    """The verb itself, then its -S, -ED and -ING forms, in capitals."""
    return verb, _third_person(verb), _past(verb), _progressive(verb)


def _third_person(verb: str) -> str:
    if re.search(r"[^AEIOU]Y$", verb):
        return f"{verb[:-1]}IES"
    return f"{verb}ES" if re.search(r"(?:S|X|Z|CH|SH)$", verb) else f"{verb}S"


def _past(verb: str) -> str:
    if re.search(r"[^AEIOU]Y$", verb):
        return f"{verb[:-1]}IED"
    return f"{verb}D" if verb.endswith("E") else f"{_doubled(verb)}ED"


def _progressive(verb: str) -> str:
    return f"{verb[:-1]}ING" if re.search(r"[^EOY]E$", verb) else f"{_doubled(verb)}ING"


def _doubled(verb: str) -> str:
    return verb + verb[-1] if _DOUBLING.fullmatch(verb) else verb
