"""The gold sets as marked texts: what the reader is trained on, each with the layers that its annotators marked."""

import csv
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Piece = tuple[int, int]

MENTION_TYPES = {
    "Person": "PERSON",
    "Organisation": "ORGANISATION",
    "Location": "LOCATION",
    "Coordinate": "LOCATION",
    "Nationality": "NATIONALITY",
    "MilitaryPlatform": "VEHICLE",
    "Vehicle": "VEHICLE",
    "Weapon": "WEAPON",
    "Money": "MONEY",
    "DocumentReference": "DOCUMENT",
    "Temporal": "TIME",
    "Quantity": "QUANTITY",
}
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
INCIDENTS = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
ECB_PARTS = {"HUMAN": "human", "NON": "thing", "LOC": "place", "TIME": "time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """One relation of PolNeAR: the cue is one stretch, source and content may be in several pieces."""

    cue: Piece
    source: tuple[Piece, ...]
    content: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text and its marks. A layer that is absent from `spans` was not annotated; `within` limits one that was.

    `spans`: layer to stretches; `values`: layer to (stretch, number); `incidents`: MUC types, None where not asked.
    """

    id: str
    text: str
    split: str
    spans: dict[str, list[Piece]] = field(default_factory=dict)
    within: tuple[Piece, ...] | None = None
    values: dict[str, list[tuple[Piece, float]]] = field(default_factory=dict)
    relations: tuple[Attributed, ...] | None = None
    incidents: frozenset[str] | None = None


def read_polnear(folder: Path, split: str) -> Iterator[Marked]:
    """Every article with its attribution relations; those without a cue or a content are left out."""
    for path in sorted((folder / "polnear" / split).glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        relations = tuple(_relations(path.with_suffix(".ann").read_bytes().decode("utf-8")))
        yield Marked(
            id=f"polnear/{path.stem}",
            text=text,
            split=split,
            relations=relations,
            spans={"cue": sorted({each.cue for each in relations})},
        )


def _relations(annotation: str) -> Iterator[Attributed]:
    pieces: dict[str, tuple[Piece, ...]] = {}
    for line in annotation.split("\n"):
        if line.startswith("T"):
            name, where, *_ = line.split("\t")
            numbers = re.findall(r"(\d+) (\d+)", where)
            pieces[name] = tuple((int(start), int(end)) for start, end in numbers)
    for line in annotation.split("\n"):
        if not line.startswith("E"):
            continue
        parts: dict[str, list[Piece]] = defaultdict(list)
        for part in line.split("\t")[1].split():
            role, _, name = part.partition(":")
            parts[role.rstrip("0123456789")].extend(pieces.get(name, ()))
        if parts["Content"] and parts["Cue"]:
            yield Attributed(
                cue=(parts["Cue"][0][0], parts["Cue"][-1][1]),
                source=tuple(parts["Source"]),
                content=tuple(parts["Content"]),
            )


def read_re3d(folder: Path) -> Iterator[Marked]:
    """Every document with its mentions by type, times and quantities among them."""
    for source in sorted(path.parent for path in (folder / "re3d").glob("*/documents.json")):
        spans: dict[str, dict[str, list[Piece]]] = defaultdict(lambda: {each: [] for each in MENTION_TYPES.values()})
        for row in _json_lines(source / "entities.json"):
            if row["type"] in MENTION_TYPES:
                spans[row["documentId"]][MENTION_TYPES[row["type"]]].append((row["begin"], row["end"]))
        for row in _json_lines(source / "documents.json"):
            marks: dict[str, list[Piece]] = {}
            for kind, pieces in spans[row["_id"]].items():
                outer = [each for each in set(pieces) if not any(_holds(other, each) for other in pieces)]
                marks[f"mention.{kind}"] = sorted(outer)
                marks[f"mention.{kind}.inner"] = sorted(set(pieces) - set(outer))
            yield Marked(id=f"re3d/{row['_id']}", text=row["text"], split="train", spans=marks)


def _holds(outer: Piece, inner: Piece) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def read_geo(folder: Path) -> Iterator[Marked]:
    """The articles of LGL and GeoWebNews without any marks: news to read, nothing to learn places from."""
    for name in ("lgl", "GWN"):
        root = ET.parse(folder / "geo" / f"{name}.xml").getroot()  # noqa: S314  our own gold folder
        for number, text in enumerate(root.iter("text")):
            if text.text:
                yield Marked(id=f"{name.lower()}/{number}", text=text.text, split="train")


def read_muc(folder: Path, split: str) -> Iterator[Marked]:
    """Every report with the stretches that fill a role of some incident, and the types of its incidents."""
    for row in _json_lines(folder / "muc4" / f"{split}.jsonl"):
        spans: dict[str, set[Piece]] = {f"role.{role}": set() for role in ROLES}
        for template in row["templates"]:
            for role in ROLES:
                for entity in template.get(role, []):
                    spans[f"role.{role}"] |= {(at, at + len(words)) for words, at in entity}
        types = {part.strip() for each in row["templates"] for part in each["incident_type"].split("/")}
        yield Marked(
            id=f"muc4/{row['docid']}",
            text=row["doctext"],
            split=split,
            spans={layer: sorted(pieces) for layer, pieces in spans.items()},
            incidents=frozenset(types),
        )


def read_factuality(folder: Path, name: str, split: str) -> Iterator[Marked]:
    """Every sentence with the values of its event words, from -3 to 3."""
    rows: list[tuple[str, str]] = []
    blocks = (folder / "factuality" / name / f"{split}.conll").read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(blocks):
        rows = [(line.split("\t")[1], line.split("\t")[2]) for line in block.splitlines() if line.count("\t") >= 2]
        if rows:
            text, places = joined([_plain_token(word) for word, _ in rows])
            valued = [(place, float(value)) for place, (_, value) in zip(places, rows, strict=True) if value != "_"]
            yield Marked(id=f"{name}/{split}/{number}", text=text, split=split, values={f"factuality.{name}": valued})


def read_timeml(folder: Path, left_out: frozenset[str]) -> Iterator[Marked]:
    """Every article with its events; sentences that stand in `left_out` (folded) are not asked about."""
    for path in sorted((folder / "timeml").glob("*/*.tml")):
        body = ET.parse(path).getroot().find("TEXT")  # noqa: S314  our own gold folder
        if body is None:
            continue
        text, events = _flattened(body)
        kept = tuple(
            (match.start(), match.end())
            for match in re.finditer(r"[^\n.]+(?:\.(?!\s)[^\n.]*)*", text)
            if folded(match[0]) not in left_out
        )
        yield Marked(id=f"timeml/{path.stem}", text=text, split="train", spans={"event": events}, within=kept)


def _flattened(body: ET.Element) -> tuple[str, list[Piece]]:
    parts: list[str] = []
    events: list[Piece] = []

    def walk(element: ET.Element) -> None:
        start = sum(map(len, parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if element.tag == "EVENT":
            events.append((start, sum(map(len, parts))))

    walk(body)
    return "".join(parts), events


def read_ecb(folder: Path, split: str) -> Iterator[Marked]:
    """Every document with the actions and participants of its selected sentences, which alone are asked about."""
    selected: dict[str, set[int]] = defaultdict(set)
    with (folder / "ecbplus" / "coreference_sentences_train_dev.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            selected[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    with zipfile.ZipFile(folder / "ecbplus" / f"{split}.zip") as archive:
        for name in sorted(archive.namelist()):
            stem = name.rpartition("/")[2].removesuffix(".xml")
            if name.endswith(".xml") and selected.get(stem):
                yield _ecb_document(archive.read(name), stem, split, selected[stem])


def _ecb_document(source: bytes, stem: str, split: str, selected: set[int]) -> Marked:
    root = ET.fromstring(source)  # noqa: S314  our own gold folder
    tokens = root.findall("token")
    text, places = joined([token.text or "" for token in tokens])
    at = {token.get("t_id"): place for token, place in zip(tokens, places, strict=True)}
    asked = [place for token, place in zip(tokens, places, strict=True) if int(token.get("sentence", -1)) in selected]
    spans: dict[str, list[Piece]] = {"ecb.action": [], **{f"ecb.{each}": [] for each in ECB_PARTS.values()}}
    for mark in root.find("Markables") or ():
        pieces = [at[anchor.get("t_id")] for anchor in mark.findall("token_anchor")]
        layer = _ecb_layer(mark.tag)
        if pieces and layer:
            spans[layer].append((pieces[0][0], pieces[-1][1]))
    return Marked(id=f"ecb/{stem}", text=text, split=split, spans=spans, within=_run_together(asked))


def _ecb_layer(tag: str) -> str | None:
    head = tag.split("_", maxsplit=1)[0]
    if head == "ACTION" or tag.startswith("NEG_ACTION"):
        return "ecb.action"
    return f"ecb.{ECB_PARTS[head]}" if head in ECB_PARTS else None


def _run_together(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    runs: list[Piece] = []
    for start, end in pieces:
        if runs and start - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return tuple(runs)


def joined(tokens: Sequence[str]) -> tuple[str, list[Piece]]:
    """Tokens as running text, marks tied to the word they follow, and where each token stands."""
    parts: list[str] = []
    places: list[Piece] = []
    at = 0
    for token in tokens:
        tied = not parts or re.fullmatch(r"[.,;:!?%)\]’]|'s|n't|'(re|ve|ll|d|m)|''", token) or parts[-1] in "([$“"
        gap = "" if tied else " "
        parts.extend([gap, token] if gap else [token])
        at += len(gap)
        places.append((at, at + len(token)))
        at += len(token)
    return "".join(parts), places


PENN = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"', "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def _plain_token(word: str) -> str:
    return PENN.get(word, word)


def folded(text: str) -> str:
    """Letters and digits only, in lower case: the same sentence however it is spaced and marked."""
    return re.sub(r"\W+", "", text.casefold())


def _json_lines(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)
