"""What the columns of the data sets are called and mean; the fields of the API keep both.

This file loads nothing else, so that a program which only asks a service need not load what publishes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, its HXL hashtag ('' where none fits) and what it means."""

    name: str
    tag: str
    meaning: str


INCIDENT_COLUMNS = tuple(
    Column(name=name, tag=tag, meaning=meaning)
    for name, tag, meaning in (
        ("id", "#event+code", "Id of the incident; the same as long as the tellings it rests on are the same."),
        ("title", "#event+name", "What is said to have happened, in neutral words."),
        ("kind", "#event+type", "Kind of event, one of the legend's."),
        ("plover", "#event+type+plover", "PLOVER category; empty where none fits."),
        ("mode", "#event+type+sub+plover", "PLOVER mode."),
        ("acled", "#event+type+sub", "ACLED sub-event type."),
        ("cameo", "#event+type+cameo", "CAMEO code."),
        ("start", "#date+start", "First instant it can have happened, UTC, ISO 8601; empty: no telling says."),
        ("end", "#date+end", "First instant it can no longer have happened, UTC."),
        ("place", "#loc+name", "Name of the place."),
        ("precision", "#loc+precision", "point, settlement, near, area, admin2, admin1, country or region."),
        (
            "lat",
            "#geo+lat",
            "Latitude of the place's middle, WGS84; where people shelter or are treated as the release profile has it.",
        ),
        ("lon", "#geo+lon", "Longitude of the place's middle."),
        ("radius_km", "#geo+radius", "How far from the middle it can have been, km."),
        ("admin1", "#adm1+name", "Province, governorate or region."),
        ("country", "#country+code", "ISO 3166-1 alpha-2."),
        ("agents", "#group+name+first", "Ids of the actors said to have done it, separated by ' | '."),
        ("agent_words", "#group+name+first+worded", "The sources' words for them."),
        ("recipients", "#group+name+second", "Ids of those it was done to."),
        ("recipient_words", "#group+name+second+worded", "The sources' words for them."),
        ("killed_low", "#affected+killed+min", "Lowest number of killed told; empty: none told."),
        ("killed_high", "#affected+killed+max", "Highest number of killed told; empty with a low: open upwards."),
        ("injured_low", "#affected+injured+min", "Lowest number of injured told."),
        ("injured_high", "#affected+injured+max", "Highest number of injured told."),
        ("killed_best", "#affected+killed", "Number of killed agreed by a rule of values.csv; empty: none agreed."),
        ("injured_best", "#affected+injured", "Number of injured agreed."),
        ("tellings", "#meta+tellings", "How many claims tell or deny it."),
        ("denials", "#meta+denials", "How many of them deny it."),
        ("origins", "#meta+origins", "How many independent origins they go back to."),
        ("contradictions", "#meta+contradictions", "On what the tellings contradict each other."),
        ("grade", "#meta+grade", "Admiralty: reliability of the best source A-F, credibility 1-6."),
        ("verdict", "#status", "What it means under the agreement; empty: not assessed."),
        ("attribution", "#status+attribution", "Whether it can be attributed, apart from the verdict."),
        ("likelihood", "#status+likelihood", "ICD 203 word; empty: nothing supports one."),
        ("confidence", "#status+confidence", "low, moderate or high, apart from the likelihood."),
    )
)

CLAIM_COLUMNS = tuple(
    Column(name=name, tag="", meaning=meaning)
    for name, meaning in (
        ("claim", "Id of the claim."),
        ("incident", "Ids of the incidents it stands in, separated by ' | '; empty: it made none."),
        ("document", "Id of the document."),
        ("version", "Version of the document."),
        ("source", "Id of the publisher in sources.toml; empty: not listed there."),
        ("family", "Publisher family: one family is one origin."),
        ("published_at", "Instant of publication, UTC."),
        ("start", "Offset of the first character of the claim in the document's text."),
        ("end", "Offset behind its last character."),
        ("quote", "The exact words."),
        ("trigger", "The word that tells the event."),
        ("speakers", "The chain of speakers as worded, outermost first, separated by ' > '; empty: the author."),
        ("speaker_actors", "Their actor ids, '?' where not resolved."),
        ("plover", "PLOVER category."),
        ("mode", "PLOVER mode."),
        ("mood", "assertion, denial, prediction, question, demand, opinion, hypothetical or promise."),
        ("factuality", "-3 certainly not … 0 uncommitted … 3 certainly so, for the innermost speaker."),
        ("line", "How it is underlined: solid, dashed, dotted or struck."),
        ("agents", "Those said to have acted, as worded, separated by ' | '."),
        ("agent_actors", "Their actor ids, '?' where not resolved."),
        ("recipients", "Those acted upon, as worded."),
        ("recipient_actors", "Their actor ids, '?' where not resolved."),
        ("happened_from", "First instant it is said to have happened, UTC."),
        ("happened_until", "First instant after."),
        ("time_basis", "stated, relative or published (nothing stated)."),
        ("place", "Name of the place; empty: none or not located."),
        ("killed_low", "Lowest number of killed it tells."),
        ("killed_high", "Highest number; empty with a low: open upwards."),
        ("copied_from", "Id of the document whose wording it repeats."),
        ("taken_from", "Id of the earlier document that these very words stand in; empty: they are its own."),
        ("taken_from_start", "Where they start in it, in code points."),
        ("taken_from_end", "Where they end in it."),
        ("taken_from_version", "In which version of it; empty: the latest."),
        ("author_factuality", "-3 … 3: how surely the document's author stands behind it; 0 he leaves it open."),
        ("evidence", "saw, heard, told, document, video, photo, satellite, sensor, intercept or none stated."),
        ("due_from", "Of what lies ahead: the first instant by which it can be judged, UTC."),
        ("due_until", "First instant after; empty: the words set no end."),
        ("standing", "speaks, withdrawn (by a correction published separately) or note (on the article itself)."),
        ("withdrawn_by", "Id of the document that corrects or retracts it; empty: none."),
        ("origin_changed_by", "Id of the document whose newer text no longer says what this claim has from it."),
    )
)

VERSION_COLUMNS = tuple(
    Column(name=name, tag="", meaning=meaning)
    for name, meaning in (
        ("document", "Id of the document whose claim it is."),
        ("version", "Its older version."),
        ("by_document", "Document with the newer text: the same, or a correction published separately."),
        ("by_version", "Version of that one."),
        ("at", "When the newer text was published, UTC."),
        ("state", "unchanged, changed, added or withdrawn."),
        ("old_claim", "Id of the claim in the older text; empty: added."),
        ("old_start", "Where it starts there, in code points."),
        ("old_end", "Where it ends there."),
        ("new_claim", "Id of the claim that goes on with it; empty: withdrawn."),
        ("new_start", "Where that starts in the newer text."),
        ("new_end", "Where it ends there."),
        ("changed", "What changed: toll, place, time, actor, target, kind, certainty, attribution."),
        ("old_values", "As the older text has it, in that order, separated by ' | '; '-': not said."),
        ("new_values", "As the newer text has it."),
        ("old_quote", "The exact words that are no longer said so; empty where the claim stands or told of no act."),
        ("incidents", "Ids of the incidents it is shown under as no longer said."),
        ("kept_by", "Ids of claims of others that have it from there and still say so."),
        ("notice", "The words by which the newer text says that it corrects; empty: it does not say."),
    )
)
