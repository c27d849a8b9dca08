"""Dictionary coding on invented states: whom a phrase names, which pattern fits, who did what to whom."""

import json
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from typer.testing import CliRunner

from truceline.cli.app import make_app
from truceline.errors import UsageError
from truceline.read.coding import Coding, code_document
from truceline.read.coding_names import code_words
from truceline.read.contract import as_contract
from truceline.read.reader import Reader
from truceline.read.sentences import parse_texts
from truceline.testing import doc
from truceline.vocab.dictionaries import Dictionaries, load_dictionaries

ACTORS = """
ARVEL [ARV]
+ARVELIAN
BELM [BLM]
+BELMIAN
CARVIA [CRV]
THE_PACT [DOR/ESK]
ODO_REN [ARVELI]
\t[ARVGOV 19900101-19991231]
NORTH_BELM TELEVISION [BLMMED]
NOBODY_KNOWN [---]
"""
AGENTS = """
PRESIDENT [~GOV]
GOVERNMENT [~GOV]
OFFICIAL [~GOV]
SOLDIER [~MIL]
POLICE {} [~COP]
REBEL_LEADER [~REBLEA]
LEADER [~ELI]
RELIEF_AGENCY [NGO~]
"""
VERBS = """
&WARMLY_
+WITH OPEN ARMS
+HEARTILY

--- CRITICIZE [111] ---
CRITICIZE
- * FOR_SILENCE [112]
- HEAVILY * [113]
- HEAVILY UNFAIRLY * [114]
- * NOTHING [---]

--- VISIT [032:033] ---
VISIT

--- AGREE [057] ---
AGREE
- % * [058:058]
- * WITH % [059]

--- RECEIVE [060] ---
RECEIVE
- + * MONEY FROM $ [061]
- * + &WARMLY [062]
- * ENVOY AT ^ FROM + [063]

--- SAY [010] ---
SAY {SAID}

--- TRY [---] ---
TRY

--- ATTACK [190] ---
ATTACK
WIRE_+TAP {WIRE_+TAPPED}
+SET_UPON
"""
DISCARDS = "CHESS\n+OLYMPIC GAMES\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dictionaries")
    for name, text in (("actors", ACTORS), ("agents", AGENTS), ("verbs", VERBS), ("discards", DISCARDS)):
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def dictionaries(folder: Path) -> Dictionaries:
    loaded = load_dictionaries(folder)
    assert loaded.problems == ()
    return loaded.dictionaries


def coding_of(text: str, dictionaries: Dictionaries, on: date | None = None) -> Coding:
    (parsed,) = parse_texts([text])
    return code_document(parsed, dictionaries, on=on)


def coded(text: str, dictionaries: Dictionaries, on: date | None = None) -> set[str]:
    return {f"{each.source} {each.code} {each.target}" for each in coding_of(text, dictionaries, on).events}


# Names


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("the Arvelian government", ("ARVGOV",)),
        ("a relief agency of Belm", ("NGOBLM",)),
        ("officials and soldiers", ("---GOVMIL",)),
        ("the Arvel rebel leader", ("ARVREBLEA",)),
        ("President Ren of Carvia and of Belm", ("CRVGOV",)),
        ("North Belm state television", ("BLMMED",)),
        ("Nobody Known", ("---",)),
        ("the Pact government", ("DORGOV", "ESKGOV")),
        ("a harbour", ()),
    ],
)
def test_a_phrase_has_its_first_actor_and_all_its_roles(
    phrase: str, codes: tuple[str, ...], dictionaries: Dictionaries
) -> None:
    assert code_words(phrase.upper().split(), dictionaries, None) == codes


def test_a_role_that_the_code_already_holds_is_not_added(dictionaries: Dictionaries) -> None:
    assert code_words(["PRESIDENT", "ODO", "REN"], dictionaries, date(1995, 1, 1)) == ("ARVGOV",)


# Who to whom


def test_the_day_of_publication_chooses_among_dated_codes(dictionaries: Dictionaries) -> None:
    text = "Odo Ren criticized Belm."
    assert coded(text, dictionaries, date(1995, 1, 1)) == {"ARVGOV 111 BLM"}
    assert coded(text, dictionaries, date(2005, 1, 1)) == {"ARVELI 111 BLM"}
    assert coded(text, dictionaries) == {"ARVELI 111 BLM"}


def test_joined_actors_act_and_are_acted_on_each(dictionaries: Dictionaries) -> None:
    text = "Arvel and Belm attacked Carvia and the Pact."
    assert coded(text, dictionaries) == {
        f"{one} 190 {other}" for one in ("ARV", "BLM") for other in ("CRV", "DOR", "ESK")
    }


def test_a_shared_role_goes_to_every_member(dictionaries: Dictionaries) -> None:
    assert coded("The soldiers of Arvel and Belm attacked Carvia.", dictionaries) == {
        "ARVMIL 190 CRV",
        "BLMMIL 190 CRV",
    }


def test_a_shared_state_goes_to_every_role(dictionaries: Dictionaries) -> None:
    assert coded("Belmian police and soldiers attacked Carvia.", dictionaries) == {"BLMCOP 190 CRV", "BLMMIL 190 CRV"}


def test_names_join_names_where_the_parser_joins_them_to_a_noun(dictionaries: Dictionaries) -> None:
    assert coded("Officials in Arvel and Belm attacked Carvia.", dictionaries) == {"ARVGOV 190 CRV", "BLMGOV 190 CRV"}


def test_by_turns_a_passive_round(dictionaries: Dictionaries) -> None:
    assert coded("Carvia was heavily criticized by the Belmian president.", dictionaries) == {"BLMGOV 113 CRV"}


def test_a_passive_without_by_keeps_the_order_of_words(dictionaries: Dictionaries) -> None:
    assert coded("Carvia was criticized over its dispute with Belm.", dictionaries) == {"CRV 111 BLM"}


def test_verbs_joined_share_their_subject(dictionaries: Dictionaries) -> None:
    assert coded("Arvel criticized Belm and attacked Carvia.", dictionaries) == {"ARV 111 BLM", "ARV 190 CRV"}


def test_a_coded_verb_speaks_for_what_stands_inside_its_phrase(dictionaries: Dictionaries) -> None:
    assert coded("Arvel said that Belm attacked Carvia.", dictionaries) == {"ARV 010 BLM"}


def test_a_verb_without_a_code_leaves_the_word_to_the_next(dictionaries: Dictionaries) -> None:
    assert coded("Arvel tried to attack Belm.", dictionaries) == {"ARV 190 BLM"}


def test_nobody_acts_on_himself_or_on_the_unknown(dictionaries: Dictionaries) -> None:
    assert coded("Arvel criticized the Arvelian harbour. Arvel criticized the weather.", dictionaries) == set()


def test_a_role_alone_acts_as_somebodys_but_yields_to_a_named_actor(dictionaries: Dictionaries) -> None:
    assert coded("Soldiers attacked Carvia.", dictionaries) == {"---MIL 190 CRV"}
    assert coded("Arvel attacked soldiers near Carvia.", dictionaries) == {"ARV 190 CRV"}


def test_a_paired_code_is_told_both_ways(dictionaries: Dictionaries) -> None:
    assert coded("Odo Ren visited Belm.", dictionaries) == {"ARVELI 032 BLM", "BLM 033 ARVELI"}


def test_verbs_of_several_words_need_all_of_them(dictionaries: Dictionaries) -> None:
    assert coded("Arvel wire tapped Belm.", dictionaries) == {"ARV 190 BLM"}
    assert coded("Arvel tapped Belm.", dictionaries) == set()


# Patterns


def test_the_longest_pattern_that_fits_gives_the_code(dictionaries: Dictionaries) -> None:
    assert coded("Arvel heavily criticized Belm.", dictionaries) == {"ARV 113 BLM"}
    assert coded("Arvel heavily and unfairly criticized Belm.", dictionaries) == {"ARV 114 BLM"}


def test_glued_words_must_stand_together(dictionaries: Dictionaries) -> None:
    assert coded("Arvel criticized Belm for silence.", dictionaries) == {"ARV 112 BLM"}
    assert coded("Arvel criticized Belm for its silence.", dictionaries) == {"ARV 111 BLM"}


def test_a_pattern_without_a_code_tells_no_event(dictionaries: Dictionaries) -> None:
    assert coded("Arvel criticized nothing in Belm.", dictionaries) == set()


def test_source_and_target_stand_where_the_pattern_says(dictionaries: Dictionaries) -> None:
    assert coded("Arvel received money from Belm.", dictionaries) == {"BLM 061 ARV"}


def test_a_set_of_phrases_matches_any_of_them(dictionaries: Dictionaries) -> None:
    assert coded("Arvel received Belm with open arms.", dictionaries) == {"ARV 062 BLM"}
    assert coded("Arvel received Belm with arms.", dictionaries) == {"ARV 060 BLM"}


def test_a_phrase_is_passed_over_where_the_pattern_says(dictionaries: Dictionaries) -> None:
    assert coded("Arvel received an envoy at Carvia from Belm.", dictionaries) == {"ARV 063 BLM"}


def test_a_compound_before_the_verb_acts_on_itself_and_after_it_is_the_target(dictionaries: Dictionaries) -> None:
    assert coded("Arvel and Belm agreed on a truce.", dictionaries) == {"ARV 058 BLM", "BLM 058 ARV"}
    assert coded("Arvel agreed with Belm and Carvia.", dictionaries) == {"ARV 059 BLM", "ARV 059 CRV"}


# Discards, problems, spans


def test_a_discard_rules_out_its_sentence(dictionaries: Dictionaries) -> None:
    coding = coding_of("Arvel attacked Belm at chess. Belm attacked Carvia.", dictionaries)
    assert [each.code for each in coding.problems] == ["coding.discarded"]
    assert [(each.source, each.target) for each in coding.events] == [("BLM", "CRV")]


def test_a_discard_with_a_plus_rules_out_the_text(dictionaries: Dictionaries) -> None:
    assert coded("Arvel attacked Belm. The Olympic Games begin.", dictionaries) == set()


def test_every_event_points_at_its_words_its_rule_and_its_claim(dictionaries: Dictionaries) -> None:
    text = "Belm said on Monday that it was calm. The soldiers of Arvel attacked Carvia."
    reader = Reader(actors=(), places=(), countries=(), timezone="UTC", dictionaries=dictionaries)
    line = as_contract(reader.read(doc(text)))
    (event,) = line["coded"]
    assert (event["text"], event["source"]["text"], event["target"]["text"]) == (
        "attacked",
        "The soldiers of Arvel",
        "Carvia",
    )
    assert event["rule"].startswith("verbs.txt:")
    told = {claim["id"]: claim["event"]["text"] for claim in line["claims"]}
    assert told[event["claim"]] == "attacked"


@pytest.mark.parametrize(
    "text",
    [
        "Arvel criticized " + "the friend of Belm and " * 240,
        "heavily unfairly " * 350 + "Arvel criticized Belm",
        "Arvel, " * 800 + "attacked Belm.",
        "attack " * 800,
        "Arvel tried to visit " + "and try to visit " * 330 + "Belm.",
        "",
    ],
)
def test_endless_sentences_are_coded_in_time(text: str, dictionaries: Dictionaries) -> None:
    (parsed,) = parse_texts([text])
    started = perf_counter()
    code_document(parsed, dictionaries, on=None)
    assert perf_counter() - started < 5


def test_without_dictionaries_nothing_is_coded_and_with_them_the_fingerprint_changes(
    dictionaries: Dictionaries,
) -> None:
    plain, coding = Reader.default(), Reader.default(dictionaries)
    assert plain.fingerprint != coding.fingerprint
    assert "coded" not in as_contract(plain.read(doc("The army left.")))
    assert as_contract(coding.read(doc("The army left.")))["coded"] == []


def test_the_command_codes_with_a_folder_of_dictionaries(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps({"id": "a", "text": "Arvel attacked Belm."}) + "\n", encoding="utf-8")
    given = ["read", "--format", "jsonl", "--dictionaries", str(folder), str(file)]
    answered = CliRunner().invoke(make_app(), given)
    (line,) = (json.loads(each) for each in answered.stdout.splitlines())
    assert [(each["source"]["code"], each["code"], each["target"]["code"]) for each in line["coded"]] == [
        ("ARV", "190", "BLM")
    ]


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    answered = CliRunner().invoke(make_app(), ["read", "--dictionaries", str(tmp_path / "none"), str(tmp_path)])
    assert isinstance(answered.exception, UsageError)
    assert "none: no such folder" in str(answered.exception)
