"""Splink on DuckDB over the same claims: the same cards, told as columns, weighed by levels that say what ours say.

Splink is no dependency: this is imported only where a bench was given a Python that has it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, floor, radians
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule
from splink.comparison_library import CustomComparison

from truceline.fuse.cards import Card
from truceline.fuse.compare import Frame
from truceline.fuse.policy import kinds, limits
from truceline.kit.geo import KM_PER_DEGREE
from truceline.kit.near import stable_hash

LONGEST_DAYS = 12
ACTED = "list_has_any({0}_l, {0}_r)"
LINES = "(list_has_any({0}_l, {0}_lines_r) or list_has_any({0}_lines_l, {0}_r))"
SHARED = "len(list_intersect(words_l, words_r))"
GAP = "(greatest(since_l, since_r) - least(until_l, until_r))"
APART_KM = (
    f"sqrt(pow((lat_l - lat_r) * {KM_PER_DEGREE}, 2) + pow((lon_l - lon_r) * {KM_PER_DEGREE} * cos(radians(lat_l)), 2))"
)


def level(sql: str, label: str) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": label}


def null(sql: str) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": "silent", "is_null_level": True}


ELSE = level("ELSE", "else")


def comparison(name: str, *levels: dict[str, Any]) -> Any:
    return CustomComparison(output_column_name=name, comparison_levels=[*levels, ELSE])


def comparisons() -> list[Any]:
    """The eight points of `fuse.compare`, their levels as SQL; their weights are for Splink to learn."""
    return [*compare_settings(), *compare_tellings()]


def compare_settings() -> list[Any]:
    """When, where and what."""
    kin = ", ".join(f"'{'+'.join(sorted(pair))}'" for pair in kinds().kin)
    return [
        comparison(
            "time",
            null("since_l is null or since_r is null"),
            level(f"hourly_l and hourly_r and {GAP} < 0", "hours meet"),
            level(f"hourly_l and hourly_r and {GAP} <= {limits()['hours_slack']}", "hours close"),
            level("hourly_l and hourly_r", "hours apart"),
            level(f"{GAP} < 0 and not (reported_l or reported_r or vague_l or vague_r)", "same day"),
            level(f"{GAP} < 0 and not (vague_l or vague_r)", "reported within a day"),
            level(f"{GAP} < 0", "within a longer period"),
            level(f"{GAP} <= 24", "neighbouring days"),
        ),
        comparison(
            "place",
            null("lat_l is null or lat_r is null or vast_l or vast_r"),
            level(f"place_l = place_r and least(radius_l, radius_r) <= {limits()['small_km']}", "same village"),
            level("place_l = place_r and not wide_l", "same city"),
            level("place_l = place_r", "same district"),
            level(f"not wide_l and not wide_r and {APART_KM} <= greatest(radius_l, radius_r)", "one in the other"),
            level(f"not wide_l and not wide_r and {APART_KM} <= radius_l + radius_r", "meeting"),
            level("(wide_l or wide_r) and admin1_l = admin1_r", "in the same governorate"),
            level(f"not wide_l and not wide_r and {APART_KM} <= 30", "not far"),
        ),
        comparison(
            "kind",
            level("kind_l = kind_r and contains(kind_l, ' ')", "same"),
            level("kind_l = kind_r", "same, unstated"),
            level(f"concat(least(kind_l, kind_r), '+', greatest(kind_l, kind_r)) in ({kin})", "kin"),
            level("category_l = category_r and not (contains(kind_l, ' ') and contains(kind_r, ' '))", "one unstated"),
            level("category_l = category_r", "rival"),
        ),
    ]


def compare_tellings() -> list[Any]:
    """Who, how many, in which words and in which report."""
    return [
        sides("agents"),
        sides("recipients"),
        comparison(
            "figures",
            null("low_l is null or low_r is null"),
            level("low_l = low_r and high_l = high_r and low_l >= 5", "same, five or more"),
            level("low_l = low_r and high_l = high_r", "same"),
            level("low_l <= high_r and low_r <= high_l", "meeting"),
            level("greatest(low_l, low_r) <= 3 * greatest(least(high_l, high_r), 1)", "near"),
        ),
        comparison(
            "words",
            null("len(words_l) < 4 or len(words_r) < 4"),
            level(f"{SHARED} >= 0.75 * (len(words_l) + len(words_r) - {SHARED})", "copied"),
            level(f"{SHARED} >= 0.6 * least(len(words_l), len(words_r))", "many"),
            level(f"{SHARED} >= 0.34 * least(len(words_l), len(words_r))", "some"),
        ),
        comparison(
            "report",
            level("document_l = document_r and begins_l = begins_r", "same sentence"),
            level(
                "document_l = document_r and abs(position_l - position_r) = 1 and (lat_l is null or lat_r is null)",
                "goes on",
            ),
            level("document_l = document_r", "same report"),
            level("root_l = root_r", "copy"),
        ),
    ]


def sides(role: str) -> Any:
    """Who acted, or who suffered: the same, one part of the other, called alike, or others."""
    alike = f"list_has_any({role}_words_l, {role}_words_r)"
    return comparison(
        role,
        level(ACTED.format(role), "same"),
        level(LINES.format(role), "part"),
        level(alike, "called alike"),
        null(f"len({role}_l) = 0 or len({role}_r) = 0"),
    )


def blocking() -> list[Any]:
    """Which pairs are weighed: those of one day and neighbourhood; areas, and the placeless, by day and who acts."""
    return [
        block_on("spot", "category", arrays_to_explode=["spot"]),
        CustomRule(
            "l.area = r.area and l.category = r.category and (l.wide or r.wide)",
            sql_dialect="duckdb",
            arrays_to_explode=["area"],
        ),
        CustomRule(
            "l.acting = r.acting and l.kind = r.kind and (l.lat is null or r.lat is null or l.vast or r.vast)",
            sql_dialect="duckdb",
            arrays_to_explode=["acting"],
        ),
        CustomRule("l.document = r.document and abs(l.position - r.position) <= 2", sql_dialect="duckdb"),
        block_on("wording"),
    ]


def settings() -> Any:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="claim",
        comparisons=comparisons(),
        blocking_rules_to_generate_predictions=blocking(),
        retain_matching_columns=False,
    )


def columns(cards: Sequence[Card], frame: Frame) -> Any:
    """The cards as one Arrow table."""
    rows: dict[str, list[Any]] = {}
    last, position = "", 0
    for card in sorted(cards, key=lambda each: (each.telling.document, each.telling.span, each.telling.claim)):
        position = position + 1 if card.telling.document == last else 0
        last = card.telling.document
        for name, value in row(card, position, frame).items():
            rows.setdefault(name, []).append(value)
    return pa.table({name: pa.array(values, type=TYPES.get(name)) for name, values in rows.items()})


NAMES, NUMBERS = pa.list_(pa.string()), pa.list_(pa.int64())
TYPES: Mapping[str, Any] = {
    **dict.fromkeys(("agents", "agents_lines", "agents_words", "recipients", "recipients_lines"), NAMES),
    **dict.fromkeys(("recipients_words", "words"), NAMES),
    **dict.fromkeys(("spot", "area", "acting"), NUMBERS),
    **dict.fromkeys(("lat", "lon", "radius", "since", "until", "low", "high"), pa.float64()),
    **dict.fromkeys(("place", "admin1", "agent"), pa.string()),
}


def row(card: Card, position: int, frame: Frame) -> dict[str, Any]:
    where, telling, killed = card.where, card.telling, card.killed
    days = range(0)
    if card.start is not None:
        slack = frame.window_hours / 4  # half of what ours looks at: a stated day and the next evening
        first = floor((card.start - slack) / 24)
        days = range(first, min(floor((card.end + slack) / 24), first + LONGEST_DAYS) + 1)
    agents, recipients = sorted(card.agents), sorted(card.recipients)
    return {
        "claim": telling.claim,
        "document": telling.document,
        "position": position,
        "begins": telling.span.start,
        "root": card.root,
        "wording": f"{stable_hash(telling.quote):x}",
        "since": card.start,
        "until": card.end if card.start is not None else None,
        "hourly": card.hourly,
        "reported": card.reported,
        "vague": card.vague,
        "kind": card.kind,
        "category": card.category,
        "place": where.id if where is not None else None,
        "lat": where.lat if where is not None else None,
        "lon": where.lon if where is not None else None,
        "radius": where.radius_km if where is not None else None,
        "wide": where is not None and where.wide,
        "vast": where is not None and where.vast,
        "admin1": where.admin1 or None if where is not None else None,
        "agent": agents[0] if agents else None,
        "agents": agents,
        "agents_lines": sorted({up for each in agents for up in frame.registry.ancestors.get(each, ())}),
        "agents_words": sorted(card.agent_words),
        "recipients": recipients,
        "recipients_lines": sorted({up for each in recipients for up in frame.registry.ancestors.get(each, ())}),
        "recipients_words": sorted(card.recipient_words),
        "low": float(killed.low or 0) if killed is not None else None,
        "high": float(killed.high if killed.high is not None else 1e9) if killed is not None else None,
        "words": sorted(card.telling_words),
        "spot": list(spots(card, days)),
        "area": [stable_hash(f"{day}|{where.admin1}") >> 1 for day in days]
        if where is not None and where.admin1
        else [],
        "acting": [stable_hash(f"{day}|{each}") >> 1 for day in days for each in agents],
    }


def spots(card: Card, days: range) -> Iterator[int]:
    """Four grids, each moved by half a cell: two places closer than half a cell share one of at least one grid."""
    where = card.where
    if where is None or where.wide:
        return
    side = 4 * limits()["town_km"] / KM_PER_DEGREE
    down, across = where.lat / side, where.lon * cos(radians(floor(where.lat))) / side
    for grid, (right, up) in enumerate(((0, 0), (0.5, 0), (0, 0.5), (0.5, 0.5))):
        for day in days:
            yield stable_hash(f"{day}|{grid}|{floor(down + up)}|{floor(across + right)}") >> 1


def train(linker: Any) -> None:
    """As Splink's guide has it: the prior by rules that seldom err, u by chance pairs, m by blocks in turn."""
    sure = [
        block_on("wording"),
        "l.place = r.place and l.since = r.since and l.kind = r.kind and l.low = r.low and l.low > 2",
    ]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.3)
    learn_chance(linker)
    for block in (
        "l.place = r.place and floor(l.since / 24) = floor(r.since / 24) and not l.wide",
        "floor(l.since / 24) = floor(r.since / 24) and l.agent = r.agent and l.kind = r.kind",
        "l.place = r.place and l.agent = r.agent and l.kind = r.kind and not l.wide",
    ):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block, max_pairs=2e6, record_sample_proportion=1.0
        )


def learn_chance(linker: Any) -> None:
    """u: how often two claims drawn by chance agree."""
    linker.training.estimate_u_using_random_sampling(max_pairs=4e6, seed=1)


def learn_labelled(cards: Sequence[Card], acts: Mapping[str, int], frame: Frame) -> dict[str, Any]:
    """The model whose m are counted on claims of known acts: as good as Splink's weights can get."""
    table = columns(cards, frame)
    table = table.append_column("act", pa.array([acts.get(claim) for claim in table.column("claim").to_pylist()]))
    linker = Linker(DuckDBAPI().register(table), settings(), log_level=None)
    learn_chance(linker)
    linker.training.estimate_m_from_label_column("act")
    linker.training.estimate_probability_two_random_records_match(["l.act = r.act"], recall=1.0)
    model: dict[str, Any] = linker.misc.save_model_to_json()
    return model


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A linker with its database and the table of claims in it."""

    database: Any
    table: Any
    linker: Any


def open_linker(cards: Sequence[Card], frame: Frame, model: dict[str, Any] | None = None) -> Open:
    database = DuckDBAPI()
    table = database.register(columns(cards, frame))
    return Open(database=database, table=table, linker=Linker(table, model or settings(), log_level=None))


def group(opened: Open, chance: float) -> dict[str, str]:
    """The group of every claim: whatever hangs together by pairs of at least this chance."""
    linker = opened.linker
    pairs = linker.inference.predict(threshold_match_probability=chance)
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=chance)
    found = groups.as_pyarrow_table()
    return dict(zip(found["claim"].to_pylist(), found["cluster_id"].to_pylist(), strict=True))


def add(opened: Open, cards: Sequence[Card], frame: Frame, chance: float) -> int:
    """How many pairs new claims make with those there are; grouping all anew would come on top."""
    new = opened.database.register(columns(cards, frame))
    between = opened.linker.inference.predict_between
    return len(between(new, opened.table, threshold_match_probability=chance).as_record_list())
