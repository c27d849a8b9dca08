"""English words without their endings, roughly."""

# Longest first; what is left must still be a word.
ENDINGS = ("'s", "’s", "ings", "ing", "edly", "ed", "es", "s", "ly", "ers", "er", "ion", "ions")
SHORTEST = 4


def stem(word: str) -> str:
    """The word without its ending: 'bombings' and 'bombed' are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word
