"""Each set's own rule of scoring, on made-up answers."""

from pathlib import Path
from typing import Any

import pytest

from truceline.gauge import default_reader, run_suite
from truceline.gauge.case import ContractReading, Predict, empty_reading
from truceline.gauge.factuality import join_tokens
from truceline.gauge.folding import Folded
from truceline.gauge.polnear import parse_relations
from truceline.gauge.suites import SUITES, dictionaries_of
from truceline.gauge.timeml import parse_creation_time
from truceline.model.document import Document


def answering(**parts: list[dict[str, Any]]) -> Predict:
    """A reader that gives every document the same answers."""
    return lambda document: {**empty_reading(document), **parts}


def attribution(content: list[list[int]], cue: list[list[int]], source: list[list[int]]) -> dict[str, Any]:
    return {"id": "a0", "source": source, "cue": cue, "content": content}


def test_half_of_a_content_answers_and_less_does_not(gold: Path) -> None:
    half = attribution([[15, 23]], [[10, 14]], [])
    less = attribution([[15, 22]], [[10, 14]], [])
    assert run_suite("polnear", gold, predict=answering(attributions=[half])).score("relation recall").value == 0.5
    assert run_suite("polnear", gold, predict=answering(attributions=[less])).score("relation recall").value == 0.0


def test_a_source_is_right_by_overlap_or_when_both_are_empty(gold: Path) -> None:
    named = attribution([[15, 31]], [[0, 3]], [[4, 9]])
    unnamed = attribution([[33, 46]], [[56, 60]], [])
    report = run_suite("polnear", gold, predict=answering(attributions=[named, unnamed]))
    assert report.score("source right, of answered").value == 1.0
    assert report.score("cue right, of answered").value == 0.5


def test_pieces_of_a_span_and_numbered_parts_are_joined() -> None:
    lines = "T1\tContent 0 4;9 12\tThey fled\nT2\tContent 20 24\tthen\nT3\tCue 5 8\tsay\n"
    (relation,) = parse_relations(lines + "E1\tAttribution:T9 Content:T1 Content2:T2 Cue:T3\n")
    assert relation.content == ((0, 4), (9, 12), (20, 24))
    assert relation.source == ()


def test_a_relation_without_direction_may_be_told_either_way_round(gold: Path) -> None:
    council, brigade = [40, 66], [71, 86]
    turned = {"type": "CommWith", "source": brigade, "target": council}
    assert run_suite("re3d", gold, predict=answering(relations=[turned])).score("relations F1").value == 1.0
    wrong = {**turned, "type": "BelongsTo"}
    assert run_suite("re3d", gold, predict=answering(relations=[wrong])).score("relations F1").value == 0.0


def test_one_gold_mention_answers_one_prediction(gold: Path) -> None:
    twice = [{"start": at, "end": at + 5, "type": "LOCATION"} for at in (12, 18)]
    score = run_suite("re3d", gold, predict=answering(mentions=twice)).score("LOCATION relaxed F1")
    assert score.value == 2 * 1 / (2 + 2)


def test_a_demonym_found_as_a_place_is_neither_right_nor_wrong(gold: Path) -> None:
    french = {"start": 0, "end": 6, "lat": 46.0, "lon": 2.0}
    paris = {"start": 18, "end": 23, "lat": 48.9, "lon": 2.3}
    report = run_suite("geo", gold, predict=answering(places=[french, paris]), split="gwn")
    assert report.score("GWN: finding strict F1").value == 1.0


def test_an_unresolved_place_counts_as_found_and_not_as_located(gold: Path) -> None:
    paris = {"start": 8, "end": 13, "lat": None, "lon": None}
    report = run_suite("geo", gold, predict=answering(places=[paris]), split="lgl")
    assert report.score("LGL: finding relaxed F1").value == 2 * 1 / (1 + 2)
    assert report.score("LGL: Acc@161 of found").value == 0.0
    assert report.score("LGL: median error").value is None


def test_a_name_after_countryside_of_is_not_asked_for() -> None:
    assert Folded.of("Strikes on the countryside of Al-Bāb").find("bab") is None
    text = "In the countryside of al-Bab, and in Al-Bāb"
    assert Folded.of(text).find("bab") == (len(text) - 3, len(text))


def test_an_open_bound_is_counted_apart(gold: Path) -> None:
    claims = [{"time": None, "harm": {"killed": {"low": 4, "high": None}}}]
    report = run_suite("ucdp", gold, predict=answering(claims=claims))
    assert report.score("deaths right").value == 0.0
    assert report.score("deaths right, open bounds allowed").value == 1.0


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("2017-03-01T00:00:00Z", "2017-03-02T00:00:00Z", 1.0),
        ("2017-02-28T22:00:00Z", "2017-03-01T22:00:00Z", 1.0),  # the same day in Damascus
        ("2017-03-01T06:00:00Z", "2017-03-01T10:00:00Z", 1.0),
        ("2017-03-02T00:00:00Z", "2017-03-03T00:00:00Z", 0.0),
        ("2017-02-27T00:00:00Z", "2017-03-06T00:00:00Z", 1.0),
    ],
)
def test_a_day_is_right_when_it_lies_in_what_was_told(gold: Path, start: str, end: str, right: float) -> None:
    times = [{"type": "DATE", "from": start, "to": end}]
    claims = [{"time": 0, "harm": None}]
    score = run_suite("ucdp", gold, predict=answering(times=times, claims=claims)).score("day right")
    assert (score.value, score.n) == (right, 2)


def test_a_claim_without_a_time_happened_on_the_day_of_publication(gold: Path) -> None:
    report = run_suite("ucdp", gold, predict=answering(claims=[{"time": None, "harm": None}]))
    assert report.score("day right").value == 0.5


def test_offsets_are_counted_once_tags_and_entities_are_gone(gold: Path) -> None:
    monday = {"start": 19, "end": 28, "type": "DATE", "value": "2016-05-02"}
    report = run_suite("timeml", gold, predict=answering(times=[monday]))
    assert report.score("value F1").value == 2 * 1 / (1 + 2)


def test_a_creation_time_may_carry_an_hour() -> None:
    stamp = parse_creation_time("2016-05-03T10:20:30")
    assert stamp is not None
    assert stamp.isoformat() == "2016-05-03T10:20:30+00:00"
    assert parse_creation_time("XXXX-05") is None


def test_tokens_are_joined_as_printed_and_stay_where_they_are() -> None:
    tokens = ["It", "is", "n't", "``", "over", "''", "-LRB-", "yet", "-RRB-", ",", "Aleppo", "'s", "mayor", "said", "."]
    text, offsets = join_tokens(tokens)
    assert text == "It isn't “over” (yet), Aleppo's mayor said."
    assert [text[start:end] for start, end in offsets][4] == "over"
    assert all(start < end for start, end in offsets)


def test_an_event_given_no_value_counts_as_certain(gold: Path) -> None:
    retreat = {"event": {"start": 11, "end": 18}, "factuality": 0.4}
    report = run_suite("factuality", gold, predict=answering(claims=[retreat]))
    assert report.score("UW: MAE").value == pytest.approx((0.0 + 5.8 + 0.0) / 3)
    assert report.score("UW: events given a value").value == pytest.approx(1 / 3)


def triple(source: str, target: str, code: str) -> dict[str, Any]:
    return {"source": {"code": source}, "target": {"code": target}, "code": code}


def test_a_code_of_the_same_kind_counts_on_its_root_only(gold: Path) -> None:
    near = [triple("ARV", "BLM", "193"), triple("BLM", "ARV", "190")]
    report = run_suite("petrarch2", gold, predict=answering(coded=near), limit=1)
    assert report.score("exact F1").value == 0.0
    assert report.score("actors and root code F1").value == 2 * 1 / (2 + 1)


def test_every_triple_is_false_where_no_event_is_and_errors_are_not_asked(gold: Path) -> None:
    report = run_suite("petrarch2", gold, predict=answering(coded=[triple("ARV", "BLM", "190")]))
    assert report.documents == 3
    assert report.score("exact precision").value == pytest.approx(1 / 3)
    assert report.score("exact recall").value == pytest.approx(1 / 3)


def test_records_before_the_first_change_of_options_are_scored_apart(gold: Path) -> None:
    report = run_suite("petrarch2", gold, predict=empty_reading)
    assert report.score("before options change: exact F1").n == 1
    assert report.score("exact F1").n == 3


def test_the_plain_coder_joins_the_first_and_the_last_actor(gold: Path) -> None:
    report = run_suite("petrarch2", gold, predict=empty_reading)
    assert report.score("exact precision").baseline == 1.0
    assert report.score("exact recall").baseline == pytest.approx(2 / 3)


def test_the_suite_reads_with_the_dictionaries_beside_it(gold: Path) -> None:
    reader = default_reader(dictionaries_of("petrarch2", gold))
    report = run_suite("petrarch2", gold, predict=reader)
    assert report.score("exact F1").value == 1.0
    assert dictionaries_of("timeml", gold) is None


def stated(start: int, end: int, lat: float, lon: float, chance: float) -> dict[str, Any]:
    return {"start": start, "end": end, "lat": lat, "lon": lon, "chance": chance}


def test_a_chance_is_held_against_whether_the_place_is_right(gold: Path) -> None:
    right, beside = stated(8, 13, 33.7, -95.5, 0.95), stated(0, 4, 1.0, 1.0, 0.95)
    report = run_suite("chances", gold, predict=answering(places=[right, beside]), split="lgl")
    assert report.score("right, of chance .9 or more").value == 0.5
    assert report.score("calibration error").value == pytest.approx(0.45)
    assert report.detail is not None
    assert report.detail.rows == (("0.9 to 1.0", "2", "0.950", "0.500", "0.500 – 0.500"),)


def test_an_unresolved_place_states_no_chance_and_in_headlines_only_asked_names_count(gold: Path) -> None:
    unresolved = {"start": 8, "end": 13, "lat": None, "lon": None, "chance": 0.95}
    assert (
        run_suite("chances", gold, predict=answering(places=[unresolved]), split="lgl").score("calibration error").n
        == 0
    )
    beside = stated(0, 4, 1.0, 1.0, 0.95)
    assert (
        run_suite("chances", gold, predict=answering(places=[beside]), split="ucdp").score("calibration error").n == 0
    )


def test_every_document_is_on_one_side_of_the_fit(gold: Path) -> None:
    sides = {
        side: {case.document.id for case in SUITES["chances"].cases(gold, side)} for side in ("fitted", "held-out")
    }
    assert sides["fitted"].isdisjoint(sides["held-out"])
    assert sides["fitted"] | sides["held-out"] == {case.document.id for case in SUITES["chances"].cases(gold, "all")}


def test_where_nothing_is_stated_the_stretch_the_reader_reckons_with_is_asked(gold: Path) -> None:
    def reckoning(document: Document) -> ContractReading:
        return {**empty_reading(document), "reported": {"from": "2017-02-28T00:00:00Z", "to": "2017-03-02T00:00:00Z"}}

    report = run_suite("ucdp", gold, predict=reckoning)
    assert report.score("day right").value == 1.0
    assert report.score("days told beyond one, mean").value == 1.0


def test_the_claim_that_tells_the_killed_decides_the_day(gold: Path) -> None:
    times = [
        {"type": "DATE", "from": f"2017-03-{day:02}T00:00:00Z", "to": f"2017-03-{day + 1:02}T00:00:00Z"}
        for day in (7, 1)
    ]
    killed = {"killed": {"low": 4, "high": 4}}
    claims = [{"time": 0, "harm": None}, {"time": 1, "harm": killed}]
    assert run_suite("ucdp", gold, predict=answering(times=times, claims=claims)).score("day right").value == 1.0


def test_a_place_over_a_hundred_kilometres_off_is_told_apart_from_one_unplaced(gold: Path) -> None:
    far = {"start": 26, "end": 33, "lat": 20.0, "lon": 20.0}
    report = run_suite("ucdp", gold, predict=answering(places=[far]))
    score = report.score("place wrong by over 100 km, of placed")
    assert (score.value, score.n) == (1.0, 1)
