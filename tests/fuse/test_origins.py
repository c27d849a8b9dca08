"""How many independent origins a number of reports comes from."""

from fuse_makers import ACTORS, SOURCES, denial, only, speaker, tell_of

from truceline.fuse import fuse
from truceline.model.incident import Incident, Origin
from truceline.model.telling import Telling

STRIKE = ("air strike", "Kafr Nabl", "2016-05-05")
SHELLING = ("shelling", "Khan Tuman", "2016-05-05")


def origins(*tellings: Telling) -> list[Origin]:
    return list(only(*tellings).origins)


def names(*tellings: Telling) -> list[str]:
    return sorted(each.name for each in origins(*tellings))


def test_two_agencies_are_two_origins() -> None:
    assert names(tell_of(*STRIKE, claim="a"), tell_of(*STRIKE, claim="b", source="afp")) == ["AFP", "Reuters"]


def test_two_papers_quoting_one_agency_count_once() -> None:
    agency = (speaker("Reuters"),)
    found = origins(
        tell_of(*STRIKE, claim="a", source="daily", chain=agency),
        tell_of(*STRIKE, claim="b", source="gazette", chain=agency),
        tell_of(*STRIKE, claim="c", source="reuters"),
    )
    assert [each.name for each in found] == ["Reuters"]
    assert found[0].claims == ("a", "b", "c")
    assert found[0].families == ("daily", "gazette", "reuters")


def test_three_papers_with_one_text_are_one_origin() -> None:
    found = origins(
        tell_of(*STRIKE, claim="a", source="reuters", document="wire"),
        tell_of(*STRIKE, claim="b", source="daily", copied_from="wire"),
        tell_of(*STRIKE, claim="c", source="gazette", copied_from="wire"),
    )
    assert [each.name for each in found] == ["Reuters"]


def test_copies_of_a_text_nobody_gathered_are_still_one_origin() -> None:
    found = origins(
        tell_of(*STRIKE, claim="b", source="daily", copied_from="elsewhere"),
        tell_of(*STRIKE, claim="c", source="gazette", copied_from="elsewhere"),
    )
    assert len(found) == 1


def test_sources_of_one_family_are_one_origin() -> None:
    assert (
        len(origins(tell_of(*STRIKE, claim="a", source="sana"), tell_of(*STRIKE, claim="b", source="army-command")))
        == 1
    )


def test_a_monitor_cited_by_two_agencies_is_one_origin_however_it_is_introduced() -> None:
    found = origins(
        tell_of(*STRIKE, claim="a", chain=(speaker("the Syrian Observatory for Human Rights"),)),
        tell_of(
            *STRIKE, claim="b", source="afp", chain=(speaker("the Britain-based Syrian Observatory for Human Rights"),)
        ),
        tell_of(*STRIKE, claim="c", source="daily", chain=(speaker("the monitor", actor="sohr", kind="role"),)),
    )
    assert len(found) == 1
    assert found[0].actor == "sohr"


def test_the_deepest_speaker_counts_not_who_relays_him() -> None:
    chain = (speaker("Reuters"), speaker("the ministry", actor="russian-ministry"))
    found = origins(
        tell_of(*STRIKE, claim="a", source="daily", chain=chain),
        tell_of(*STRIKE, claim="b", source="sputnik", chain=(speaker("the ministry", actor="russian-ministry"),)),
    )
    assert len(found) == 1


def test_residents_lead_no_deeper_than_to_the_paper_that_cites_them() -> None:
    residents = (speaker("residents", actor="civilians", kind="collective"),)
    unnamed = (speaker("a source", kind="anonymous"),)
    assert names(
        tell_of(*STRIKE, claim="a", source="reuters", chain=residents),
        tell_of(*STRIKE, claim="b", source="afp", chain=unnamed),
    ) == ["AFP", "Reuters"]


def test_a_partys_media_repeating_its_officials_is_amplification() -> None:
    found = origins(
        tell_of(
            "shelling", "Khan Tuman", "2016-05-05", claim="a", source="sana", chain=(speaker("the army", actor="army"),)
        ),
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", source="army-command"),
    )
    assert len(found) == 1
    assert found[0].amplifies == "army"


def test_an_agency_quoting_an_official_is_no_amplification() -> None:
    found = origins(
        tell_of(
            "shelling",
            "Khan Tuman",
            "2016-05-05",
            claim="a",
            source="reuters",
            chain=(speaker("the army", actor="army"),),
        )
    )
    assert found[0].amplifies is None
    assert found[0].actor == "army"


def test_a_row_that_names_two_offices_has_two_origins() -> None:
    chain = (speaker("", kind="document"), speaker("Reuters … Syrian Observatory for Human Rights", kind="collective"))
    assert names(tell_of("attack", "Khan Tuman", "2016-05-05", claim="a", source="ucdp", chain=chain)) == [
        "Reuters",
        "Syrian Observatory for Human Rights",
    ]


def test_denials_are_no_origins_of_what_they_deny() -> None:
    found = origins(tell_of(*STRIKE, claim="a", by="russia"), denial(*STRIKE, claim="b", by="russia", source="sputnik"))
    assert [each.claims for each in found] == [("a",)]


def grade_of(*tellings: Telling) -> tuple[str, int]:
    incident = only(*tellings)
    return incident.grade.reliability, incident.grade.credibility


def incident_of(*tellings: Telling) -> Incident:
    return fuse(tellings, window_hours=36, window_km=15, sources=SOURCES, actors=ACTORS).incidents[0]


def test_three_origins_one_of_no_party_confirm() -> None:
    assert grade_of(
        tell_of(*STRIKE, claim="a", source="reuters"),
        tell_of(*STRIKE, claim="b", source="sohr"),
        tell_of(*STRIKE, claim="c", source="rebel-media"),
    ) == ("B", 1)


def test_two_origins_are_probably_true() -> None:
    assert grade_of(tell_of(*STRIKE, claim="a"), tell_of(*STRIKE, claim="b", source="sohr")) == ("B", 2)


def test_many_copies_do_not_raise_the_grade() -> None:
    wire = tell_of(*STRIKE, claim="a", source="reuters", document="wire")
    copies = [tell_of(*STRIKE, claim=f"c{at}", source="daily", copied_from="wire") for at in range(5)]
    assert grade_of(wire, *copies) == grade_of(wire) == ("B", 3)


def test_a_party_on_its_opponents_act_is_doubtful() -> None:
    assert grade_of(tell_of(*STRIKE, claim="a", by="russia", source="rebel-media")) == ("D", 4)


def test_a_party_that_admits_its_own_act_is_believed_sooner() -> None:
    assert grade_of(tell_of(*STRIKE, claim="a", by="russia", source="sputnik")) == ("D", 3)


def test_an_admission_confirmed_by_another_origin_is_confirmed() -> None:
    assert grade_of(
        tell_of(*STRIKE, claim="a", by="russia", source="sputnik"), tell_of(*STRIKE, claim="b", by="russia")
    ) == ("B", 1)


def test_a_denied_single_origin_is_doubtful_and_contradicted_by_a_neutral_one_improbable() -> None:
    told = tell_of(*STRIKE, claim="a", by="russia", source="rebel-media")
    assert grade_of(told, denial(*STRIKE, claim="b", by="russia", source="sputnik"))[1] == 4
    assert grade_of(told, denial(*STRIKE, claim="b", by="russia", source="un"))[1] == 5


def test_a_denial_keeps_two_origins_from_being_confirmed() -> None:
    told = (tell_of(*STRIKE, claim="a", by="russia"), tell_of(*STRIKE, claim="b", by="russia", source="sohr"))
    assert grade_of(*told, denial(*STRIKE, claim="c", by="russia", source="sputnik")) == ("B", 3)


def test_nothing_known_of_the_source_is_no_basis_to_judge() -> None:
    assert grade_of(tell_of(*STRIKE, claim="a", source=None)) == ("F", 6)


def test_what_is_only_held_possible_is_not_judged() -> None:
    incident = incident_of(tell_of(*STRIKE, claim="a", factuality=1.0))
    assert incident.grade.credibility == 6
    assert [each.stance for each in incident.versions] == ["hedges"]


def test_a_good_paper_quoting_a_poor_source_is_graded_as_the_poor_one() -> None:
    told = tell_of(*STRIKE, claim="a", by="ahrar", source="reuters", chain=(speaker("SANA"),))
    assert grade_of(told)[0] == "D"


def test_every_grade_gives_its_reason() -> None:
    incident = incident_of(tell_of(*STRIKE, claim="a"), tell_of(*STRIKE, claim="b", source="sohr"))
    assert incident.grade.reason.startswith("Two independent origins")
