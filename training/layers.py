"""The names and order of what the encoder says of every word piece; the exported model carries them too."""

from training.gold import ECB_PARTS, INCIDENTS, MENTION_TYPES, ROLES

# Names by spaCy's small model, by the label it gives them.
SILVER = {
    "person": ("PERSON",),
    "organisation": ("ORG",),
    "place": ("GPE", "LOC", "FAC"),
    "nationality": ("NORP",),
    "time": ("DATE", "TIME"),
    "number": ("CARDINAL", "QUANTITY", "PERCENT"),
    "money": ("MONEY",),
}
# Types in which a stretch often holds another of the same type ('the foreign ministry of Jordan').
NESTED = ("PERSON", "ORGANISATION", "LOCATION")
MENTIONS = tuple(dict.fromkeys(MENTION_TYPES.values()))
CHANNELS = (
    "cue",
    *(f"mention.{each}" for each in MENTIONS),
    *(f"mention.{each}.inner" for each in NESTED),
    *(f"role.{each}" for each in ROLES),
    "event",
    "ecb.action",
    *(f"ecb.{each}" for each in ECB_PARTS.values()),
    *(f"silver.{each}" for each in SILVER),
)
VALUES = ("factuality.uw", "factuality.meantime")
TYPES = INCIDENTS

# The window of pieces around a cue's first piece in which its source and content are looked for.
BEFORE = 96
WINDOW = 256
