"""Names that spaCy's small English model marks: a rough layer that teaches the encoder what names look like.

`python -m training.silver GOLD OUT.jsonl` (needs spaCy; every other step does not).
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from training.layers import SILVER
from training.sources import all_marked
from truceline.read.models import load_spacy

SETS = ("polnear", "timeml", "ecb", "lgl", "gwn")


def main(gold: str, out: str) -> None:
    pipeline = load_spacy()
    for name in ("tagger", "parser", "attribute_ruler", "lemmatizer"):
        pipeline.disable_pipe(name)
    documents = [each for each in all_marked(Path(gold)) if each.id.split("/")[0] in SETS and each.split == "train"]
    kinds = {label: kind for kind, labels in SILVER.items() for label in labels}
    with Path(out).open("w", encoding="utf-8") as stream:
        for marked, doc in zip(documents, pipeline.pipe(each.text for each in documents), strict=True):
            spans = defaultdict(list)
            for entity in doc.ents:
                if entity.label_ in kinds:
                    spans[f"silver.{kinds[entity.label_]}"].append((entity.start_char, entity.end_char))
            stream.write(json.dumps({"id": marked.id, "spans": spans}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
