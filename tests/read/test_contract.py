"""The printed reading: every field documented, typed as promised, every span reading back, every pointer valid."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any

import pytest
from passages import Passages

from truceline.errors import Problem
from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.claim import Claim, Commitment, EventType, Evidence, Horizon, Mood, Participant, Trigger
from truceline.model.coded import CodedEvent
from truceline.model.mention import Label, LabelKind, Mention, MentionType
from truceline.model.place import Candidate, Precision, Toponym
from truceline.model.quantity import Harm, Quantity, Range, Status, StatusCount, Unit
from truceline.model.reading import IncidentType, Involved, InvolvedAs, Reading
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When
from truceline.read.contract import CONTRACT, as_contract
from truceline.read.reader import Reader
from truceline.testing import day, doc

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reading.md"
NUMBER = (int, float)
MAYBE_TEXT = (str, NoneType)
MAYBE_NUMBER = (int, float, NoneType)
MAYBE_INDEX = (int, NoneType)
WORDS: dict[str, type | tuple[type, ...]] = {"start": int, "end": int, "text": str}

# Contract 1 as scorers rely on it: every field with the types its value may have.
FIELDS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "": {
        "contract": int,
        "document": dict,
        "mentions": list,
        "places": list,
        "times": list,
        "quantities": list,
        "attributions": list,
        "claims": list,
        "problems": list,
    },
    "document": {
        "id": str,
        "uri": MAYBE_TEXT,
        "title": MAYBE_TEXT,
        "publisher": MAYBE_TEXT,
        "published_at": MAYBE_TEXT,
        "language": MAYBE_TEXT,
        "sha256": str,
        "length": int,
    },
    "mentions": {**WORDS, "type": str, "actor": MAYBE_TEXT},
    "places": {
        **WORDS,
        "id": MAYBE_TEXT,
        "name": MAYBE_TEXT,
        "lat": MAYBE_NUMBER,
        "lon": MAYBE_NUMBER,
        "radius_km": MAYBE_NUMBER,
        "precision": MAYBE_TEXT,
        "country": MAYBE_TEXT,
        "chance": NUMBER,
        "runners_up": list,
    },
    "places.runners_up": {"id": str, "name": str, "chance": NUMBER},
    "times": {**WORDS, "type": str, "value": str, "from": MAYBE_TEXT, "to": MAYBE_TEXT, "basis": str},
    "quantities": {**WORDS, "low": MAYBE_NUMBER, "high": MAYBE_NUMBER, "of": str},
    "attributions": {
        "id": str,
        "source": list,
        "cue": list,
        "content": list,
        "speaker": MAYBE_TEXT,
        "kind": str,
        "parent": MAYBE_TEXT,
    },
    "claims": {
        **WORDS,
        "id": str,
        "chain": list,
        "factuality": NUMBER,
        "negated": bool,
        "mood": str,
        "event": dict,
        "agents": list,
        "recipients": list,
        "instruments": list,
        "place": MAYBE_INDEX,
        "time": MAYBE_INDEX,
        "harm": (dict, NoneType),
    },
    "claims.stances": {"by": str, "factuality": NUMBER},
    "claims.hedges": WORDS,
    "claims.horizon": {**WORDS, "from": str, "to": MAYBE_TEXT},
    "labels": {**WORDS, "kind": str, "neutral": str, "reason": str, "by": str},
    "claims.event": {**WORDS, "plover": MAYBE_TEXT, "mode": MAYBE_TEXT, "acled": MAYBE_TEXT, "cameo": MAYBE_TEXT},
    "claims.agents": {**WORDS, "actor": MAYBE_TEXT},
    "claims.recipients": {**WORDS, "actor": MAYBE_TEXT},
    "claims.instruments": {**WORDS, "actor": MAYBE_TEXT},
    "claims.harm": {"killed": (dict, NoneType), "injured": (dict, NoneType)},
    "claims.harm.killed": {"low": MAYBE_INDEX, "high": MAYBE_INDEX},
    "claims.harm.injured": {"low": MAYBE_INDEX, "high": MAYBE_INDEX},
    "problems": {"code": str, "message": str, "start": MAYBE_INDEX, "end": MAYBE_INDEX},
}

PASSAGES = [
    (
        "The Russian defence ministry said on Monday that more than 40 militants had attacked a post near Homs, "
        'killing three soldiers. "The regime shelled Douma," an opposition official said. Strikes have doubled.'
    ),
    "The agency reported that the ministry said that insurgents fired at the convoy in Idlib on 2 May 2016.",
    "The centre also reported civilians in Aleppo as saying that warplanes had bombed a depot north of the city.",
    "The army denied that two shells had hit the bakery. Half of the houses, worth $3 million, burned 5 km from Hama.",
    "Gunmen killed two guards 🇸🇾 in E\u0301zraa\r\n\r\n  “We will attack,” they vowed.\u2028 Nobody was hurt.",
]


@pytest.fixture(scope="module")
def lines(read: Passages) -> list[dict[str, Any]]:
    """The passages as printed, with their text."""
    read.read_together(PASSAGES)
    return [as_contract(read(each).reading, with_text=True) for each in PASSAGES]


def full_reading() -> Reading:
    """A reading in which every field that can be printed is."""
    count = Quantity(span=Span(0, 3), low=3, high=None, of="men")
    who = (Participant(span=Span(0, 3), actor="syr.army", count=count),)
    claim = Claim(
        id="c1",
        span=Span(0, 9),
        chain=("a0",),
        trigger=Trigger(span=Span(4, 9), type=EventType(plover="ASSAULT")),
        factuality=3.0,
        negated=False,
        mood=Mood.ASSERTION,
        agents=who,
        recipients=who,
        instruments=who,
        place=0,
        time=0,
        happened=day(),
        stances=(Commitment(by="author", factuality=0.0), Commitment(by="a0", factuality=3.0)),
        hedges=(Span(0, 3),),
        evidence=Evidence.SAW,
        horizon=Horizon(span=Span(0, 3), start=datetime(2016, 5, 3, tzinfo=UTC), end=None),
        harm=Harm(
            killed=Range(low=1, high=1),
            injured=Range(low=2, high=None),
            killed_civilians=Range(low=0, high=0),
            killed_by=tuple(StatusCount(status=each, count=Range(low=0, high=1)) for each in Status),
            injured_by=tuple(StatusCount(status=each, count=Range(low=0, high=1)) for each in Status),
            toll=Range(low=1, high=1),
        ),
    )
    runner_up = Candidate(id="p2", name="Other", chance=0.1)
    return Reading(
        document=doc("The shell fell."),
        mentions=(Mention(span=Span(0, 3), type=MentionType.OTHER),),
        labels=(Label(span=Span(0, 3), word="The", neutral="the", reason="none"),),
        places=(Toponym(span=Span(0, 3), id="p1", name="The", runners_up=(runner_up,)),),
        times=(day(),),
        quantities=(count,),
        attributions=(
            Attribution(
                id="a0",
                source=(Span(0, 3),),
                cue=(Span(4, 9),),
                content=(Span(0, 9),),
                speaker=None,
                kind=SpeakerKind.NAMED,
            ),
        ),
        claims=(claim,),
        problems=(Problem(code="some.code", message="why"),),
        reported=replace(day(), span=None, basis=Basis.PUBLISHED),
        incident_types=(IncidentType(type="bombing", chance=0.5, more=(0.2, 0.1)),),
        involved=(Involved(span=Span(0, 3), role=InvolvedAs.WEAPON, chance=0.5),),
        coded=(
            CodedEvent(
                source="ARV",
                target="BLM",
                code="190",
                span=Span(4, 9),
                source_span=Span(0, 3),
                target_span=Span(0, 3),
                rule="verbs.txt:1",
            ),
        ),
    )


def paths_of(shown: Any, before: str = "") -> Iterator[str]:
    """Every dotted path of keys in a printed object; lists add nothing to a path."""
    match shown:
        case dict():
            for key, value in shown.items():
                yield f"{before}{key}"
                yield from paths_of(value, f"{before}{key}.")
        case list():
            for each in shown:
                yield from paths_of(each, before)
        case _:
            return


def objects_at(shown: Any, path: str) -> Iterator[dict[str, Any]]:
    """Every object at a dotted path, '' for the line itself."""
    if isinstance(shown, list):
        for each in shown:
            yield from objects_at(each, path)
    elif isinstance(shown, dict):
        head, _, rest = path.partition(".")
        if path:
            yield from objects_at(shown.get(head), rest)
        else:
            yield shown


def documented_paths() -> set[str]:
    """The fields that the page names, its abbreviations spelled out."""
    found: set[str] = set()
    for row in re.findall(r"^\| (`[^|]*) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        found |= set(re.findall(r"`([^`]+)`", row))
    for role in ("agents", "recipients", "instruments"):
        found |= {f"claims.{role}{path.removeprefix('…')}" for path in found if path.startswith("….")}
    bounds = {path for path in found if path.startswith("claims.harm.killed.")}
    found.remove("claims.harm.by_status.killed.STATUS")
    kinds = [f"by_status.{harm}.{status}" for harm in ("killed", "injured") for status in Status]
    found |= {f"claims.harm.{kind}" for kind in kinds}
    for kind in ("injured", "killed_civilians", "toll", *kinds):
        found |= {path.replace(".killed.", f".{kind}.") for path in bounds}
    return {path for path in found if not path.startswith("…")}


# The page


def test_every_printed_key_is_documented() -> None:
    printed = set(paths_of(as_contract(full_reading(), with_text=True)))
    assert printed - documented_paths() == set()


def test_every_documented_field_is_printed() -> None:
    printed = set(paths_of(as_contract(full_reading(), with_text=True)))
    assert documented_paths() - printed == set()


@pytest.mark.parametrize(
    "choices",
    [MentionType, Precision, TimexType, Basis, Unit, Status, SpeakerKind, Mood, Evidence, LabelKind, InvolvedAs],
)
def test_every_closed_choice_is_documented(choices: type[StrEnum]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [each.value for each in choices if f"`{each.value}`" not in page] == []


def test_the_example_on_the_page_is_what_is_read(read: Passages) -> None:
    page = PAGE.read_text(encoding="utf-8")
    text = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)[0]
    shown = json.loads(re.findall(r"```json\n(.*?)\n```", page, re.DOTALL)[0])
    fresh = as_contract(read(text).reading)
    assert set(paths_of(shown)) == set(paths_of(fresh))
    told = [
        [(each["event"]["text"], each["event"]["plover"], each["chain"], each["harm"]) for each in line["claims"]]
        for line in (shown, fresh)
    ]
    assert told[0] == told[1]


# Names and types


def test_the_contract_is_number_one() -> None:
    assert CONTRACT == 1


@pytest.mark.parametrize("path", FIELDS)
def test_fields_have_the_names_and_types_of_the_contract(path: str, lines: list[dict[str, Any]]) -> None:
    found = [each for line in [*lines, as_contract(full_reading())] for each in objects_at(line, path)]
    assert found
    for shown in found:
        for name, kinds in FIELDS[path].items():
            assert name in shown, f"{path}.{name} is missing"
            assert isinstance(shown[name], kinds), f"{path}.{name} is {shown[name]!r}"


def test_the_line_is_one_line_of_json(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        printed = json.dumps(line, ensure_ascii=False)
        assert "\n" not in printed
        assert json.loads(printed) == line


def test_the_text_is_printed_only_when_asked_for(read: Passages) -> None:
    reading = read(PASSAGES[0]).reading
    assert "text" not in as_contract(reading)
    assert as_contract(reading, with_text=True)["text"] == reading.document.text


def test_instants_are_printed_in_utc() -> None:
    shown = as_contract(Reading(document=doc(published_at=datetime.fromisoformat("2016-06-04T02:00:00+03:00"))))
    assert shown["document"]["published_at"] == "2016-06-03T23:00:00Z"


def test_whole_counts_are_printed_without_a_point_and_ratios_with_one() -> None:
    tripled = Quantity(span=Span(0, 3), low=3.0, high=3.0, of="raids", unit=Unit.RATIO)
    three = Quantity(span=Span(0, 3), low=3.0, high=None, of="raids")
    shown = as_contract(Reading(document=doc(), quantities=(tripled, three)))["quantities"]
    assert [(each["low"], each["high"], each["unit"]) for each in json.loads(json.dumps(shown))] == [
        (3.0, 3.0, "ratio"),
        (3, None, "count"),
    ]
    assert [type(each["low"]) for each in shown] == [float, int]


def test_an_unread_document_has_empty_lists_and_its_problem() -> None:
    problem = Problem(code="file.binary", message="this is binary")
    shown = as_contract(Reading(document=doc(""), problems=(problem,)))
    lists = ("mentions", "places", "times", "quantities", "attributions", "claims", "labels")
    assert all(shown[name] == [] for name in lists)
    assert [each["code"] for each in shown["problems"]] == ["file.binary"]


def test_a_day_that_only_publication_gives_is_no_index() -> None:
    published = When(
        span=None,
        type=TimexType.DATE,
        value="2016-05-03",
        start=datetime(2016, 5, 3, tzinfo=UTC),
        end=datetime(2016, 5, 4, tzinfo=UTC),
        basis=Basis.PUBLISHED,
    )
    (claim,) = full_reading().claims
    fields = {
        name: getattr(claim, name) for name in ("id", "span", "chain", "trigger", "factuality", "negated", "mood")
    }
    shown = as_contract(Reading(document=doc(), claims=(Claim(**fields, happened=published),)))["claims"][0]
    assert shown["time"] is None
    assert shown["happened"] == {
        "value": "2016-05-03",
        "from": "2016-05-03T00:00:00Z",
        "to": "2016-05-04T00:00:00Z",
        "basis": "published",
    }


# What the parts owe each other


def spans_in(shown: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(shown, dict):
        if {"start", "end", "text"} <= shown.keys():
            yield shown["start"], shown["end"], shown["text"]
        for value in shown.values():
            yield from spans_in(value)
    elif isinstance(shown, list):
        for each in shown:
            yield from spans_in(each)


def test_every_span_reads_back(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        found = list(spans_in(line))
        assert len(found) > 3
        for start, end, text in found:
            assert start < end
            assert line["text"][start:end] == text


def test_pieces_of_attributions_lie_within_the_text(lines: list[dict[str, Any]]) -> None:
    pieces = [
        (start, end, line["document"]["length"])
        for line in lines
        for each in line["attributions"]
        for start, end in (*each["source"], *each["cue"], *each["content"])
    ]
    assert pieces
    assert all(0 <= start < end <= length for start, end, length in pieces)


def test_places_and_times_pointed_to_exist(lines: list[dict[str, Any]]) -> None:
    pointed = 0
    for line in lines:
        for claim in line["claims"]:
            for index, listed in ((claim["place"], line["places"]), (claim["time"], line["times"])):
                assert index is None or 0 <= index < len(listed)
                pointed += index is not None
        for each in line["attributions"]:
            assert each["time"] is None or 0 <= each["time"] < len(line["times"])
    assert pointed > 0


def covered(pieces: Iterable[list[int]], start: int, end: int) -> bool:
    return any(piece[0] <= start and end <= piece[1] for piece in pieces)


def test_chains_name_attributions_that_hold_the_event(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        known = {each["id"]: each for each in line["attributions"]}
        for claim in line["claims"]:
            for each in claim["chain"]:
                assert covered(known[each]["content"], claim["event"]["start"], claim["event"]["end"])


def test_chains_run_from_the_outermost_speaker_inwards(lines: list[dict[str, Any]]) -> None:
    longest = 0
    for line in lines:
        parents = {each["id"]: each["parent"] for each in line["attributions"]}
        for claim in line["claims"]:
            longest = max(longest, len(claim["chain"]))
            if claim["chain"]:
                assert parents[claim["chain"][0]] is None
            for outer, inner in zip(claim["chain"], claim["chain"][1:], strict=False):
                assert parents[inner] == outer
    assert longest == 2


def test_parents_hold_the_cue_of_their_children(lines: list[dict[str, Any]]) -> None:
    nested = 0
    for line in lines:
        known = {each["id"]: each for each in line["attributions"]}
        assert len(known) == len(line["attributions"])
        for each in line["attributions"]:
            if each["parent"] is not None:
                nested += 1
                assert covered(known[each["parent"]]["content"], *(each["cue"] or each["content"])[0])
    assert nested >= 2


def test_numbers_stay_in_their_bounds(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        assert all(-3 <= each["factuality"] <= 3 for each in line["claims"])
        assert all(0 <= each["chance"] <= 1 for each in line["places"])
        ends = [(each["low"], each["high"]) for each in line["quantities"]]
        assert all(low is None or high is None or low <= high for low, high in ends)


def test_lists_stand_in_text_order(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        for name in ("mentions", "places", "times", "quantities", "labels"):
            starts = [each["start"] for each in line[name]]
            assert starts == sorted(starts)
        triggers = [each["event"]["start"] for each in line["claims"]]
        assert triggers == sorted(triggers)


def test_ids_are_unique_and_the_same_in_a_second_run(reader: Reader, lines: list[dict[str, Any]]) -> None:
    again = list(reader.read_all(doc(text, id=f"passage-{at}") for at, text in enumerate(PASSAGES)))
    first = [each["id"] for line in lines for each in line["claims"]]
    assert len(set(first)) == len(first)
    assert [claim.id for reading in again for claim in reading.claims] == first


def test_the_same_words_in_another_document_are_another_claim(reader: Reader) -> None:
    one, other = reader.read_all([doc(PASSAGES[1], id="one"), doc(PASSAGES[1], id="other")])
    assert {each.id for each in one.claims}.isdisjoint(each.id for each in other.claims)
