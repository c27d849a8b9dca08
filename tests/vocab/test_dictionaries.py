"""Coding dictionaries as their authors write them, and what becomes of lines that nobody can read."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import Problem, Severity, UsageError
from truceline.vocab.dictionaries import Dictionaries, load_dictionaries
from truceline.vocab.dictionaries.actors import parse_actors, parse_dated_code, parse_day
from truceline.vocab.dictionaries.agents import parse_agents, plural_of
from truceline.vocab.dictionaries.discards import parse_discards
from truceline.vocab.dictionaries.forms import regular_forms
from truceline.vocab.dictionaries.lines import Line, read_lines
from truceline.vocab.dictionaries.records import ActorEntry, AgentEntry, EventCode, Slot, Verb
from truceline.vocab.dictionaries.verbs import parse_event_code, parse_verbs
from truceline.vocab.dictionaries.words import parse_name, words_of


def lines_of(text: str) -> list[Line]:
    return list(read_lines(text, "file.txt"))


def actors_of(text: str) -> tuple[list[ActorEntry], list[Problem]]:
    problems: list[Problem] = []
    return list(parse_actors(lines_of(text), problems)), problems


def agents_of(text: str) -> tuple[list[AgentEntry], list[Problem]]:
    problems: list[Problem] = []
    return list(parse_agents(lines_of(text), problems)), problems


def verbs_of(text: str) -> tuple[dict[str, list[Verb]], list[Problem]]:
    problems: list[Problem] = []
    found: dict[str, list[Verb]] = {}
    for form, verb in parse_verbs(lines_of(text), problems):
        found.setdefault(form, []).append(verb)
    return found, problems


# Lines


def test_remarks_of_all_three_kinds_are_no_text() -> None:
    text = "<!-- head\nHIDDEN [X] -->\nARVEL [ARV] # a state\nBELM [BLM] ; another\n<! -- odd -->CARV [CRV]\n\n"
    assert [line.text for line in lines_of(text)] == ["ARVEL [ARV]", "BELM [BLM]", "CARV [CRV]"]


def test_a_number_sign_inside_brackets_is_a_code() -> None:
    (line,) = lines_of("- * LEAVE [###]  # TABARI's discard")
    assert line.codes == ("###",)


def test_a_line_knows_where_it_stands() -> None:
    assert [line.where for line in lines_of("\n\nARVEL [ARV]\n")] == ["file.txt:3"]


# Words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Tal-Arvel", ("TAL", "ARVEL")),
        ("Dol_Arvel", ("DOL", "ARVEL")),
        ("didn't", ("DID", "N'T")),
        ("n’t", ("N'T",)),
        ("Belm's", ("BELM",)),
        ("U.B.", ("U.B",)),
        ("–", ()),
    ],
)
def test_texts_and_dictionaries_spell_words_alike(written: str, words: tuple[str, ...]) -> None:
    assert words_of(written) == words


def test_an_underscore_glues_and_a_space_does_not() -> None:
    name = parse_name("HIGH_COUNCIL OF BELM_")
    assert (name.words, name.glued) == (("HIGH", "COUNCIL", "OF", "BELM"), (False, True, False, False))


def test_a_dash_inside_a_name_glues() -> None:
    assert parse_name("TAL-ARVEL").glued == (False, True)


# Actors


def test_synonyms_share_the_codes_of_their_block() -> None:
    entries, problems = actors_of("ARVEL [ARV]\n+ARVELIAN\n\nBELM\n\t[BLM]\n")
    assert [(each.name.words, each.code_on(None)) for each in entries] == [
        (("ARVEL",), "ARV"),
        (("ARVELIAN",), "ARV"),
        (("BELM",), "BLM"),
    ]
    assert problems == []


DATED = """ODO_REN [ARVELI]
\t[ARVOPP <19900101]
\t[ARVMIL 950601-950605]
\t[ARVGOV 19900101 - 19991231]
\t[ARVREB >010101]
"""


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(1980, 5, 1), "ARVOPP"),
        (date(1990, 1, 1), "ARVOPP"),
        (date(1990, 1, 2), "ARVGOV"),
        (date(1995, 6, 1), "ARVMIL"),
        (date(1995, 6, 5), "ARVMIL"),
        (date(1995, 6, 6), "ARVGOV"),
        (date(2000, 7, 1), "ARVELI"),
        (date(2001, 1, 1), "ARVREB"),
        (None, "ARVELI"),
    ],
)
def test_the_first_code_that_holds_on_the_day_counts_bounds_included(day: date | None, code: str) -> None:
    (entry,), _ = actors_of(DATED)
    assert entry.code_on(day) == code


def test_an_actor_outside_all_his_days_has_no_code() -> None:
    (entry,), _ = actors_of("OLD_UNION\n\t[OUN <911226]\n")
    assert (entry.code_on(date(1995, 1, 1)), entry.code_on(None)) == ("---", "---")


def test_years_of_two_digits_begin_in_1930() -> None:
    assert (parse_day("300101"), parse_day("290101")) == (date(1930, 1, 1), date(2029, 1, 1))
    assert parse_day("19951341") is None


def test_tabaris_orders_are_no_actor_codes() -> None:
    found = parse_dated_code("### <950101")
    assert found is not None
    assert found.code == "---"


def test_flawed_actor_lines_are_told_and_the_rest_is_used() -> None:
    entries, problems = actors_of("+STRAY\nARVEL [ARV\nBELM [BLM 951399-960101]\nCARV\nDORN [DRN]\n")
    assert [each.name.words for each in entries] == [("DORN",)]
    assert [(each.code, each.where, each.severity) for each in problems] == [
        ("dictionary.orphan", "file.txt:1", Severity.WARNING),
        ("dictionary.bracket", "file.txt:2", Severity.WARNING),
        ("dictionary.code", "file.txt:3", Severity.WARNING),
        ("dictionary.uncoded", "file.txt:3", Severity.WARNING),
        ("dictionary.uncoded", "file.txt:4", Severity.WARNING),
    ]


# Agents


def test_plurals_are_made_unless_given_or_refused() -> None:
    entries, _ = agents_of("DEPUTY [~LEG]\nCHIEF_OF_STAFF {CHIEFS_OF_STAFF} [~MIL]\nPOLICE {} [ ~COP]\n")
    assert [" ".join(each.name.words) for each in entries] == [
        "DEPUTY",
        "DEPUTIES",
        "CHIEF OF STAFF",
        "CHIEFS OF STAFF",
        "POLICE",
    ]


def test_a_set_stands_for_each_of_its_words() -> None:
    entries, _ = agents_of("!PERSON! = MAN, WOMEN\nPOLICE!PERSON! [~COP]\n!PERSON!_OF_LAW [LAW~]\n")
    assert [" ".join(each.name.words) for each in entries] == [
        "POLICEMAN",
        "POLICEWOMEN",
        "MAN OF LAW",
        "WOMEN OF LAW",
    ]
    assert [(each.code, each.leads) for each in entries] == [("COP", False)] * 2 + [("LAW", True)] * 2


def test_agents_without_a_code_or_with_an_unknown_set_are_told() -> None:
    entries, problems = agents_of("CLERK [GOV]\n!WHO!_CLUB [~CVL]\n")
    assert entries == []
    assert [each.code for each in problems] == ["dictionary.agent", "dictionary.set"]


@pytest.mark.parametrize(
    ("one", "many"), [("ALLY", "ALLIES"), ("ENVOY", "ENVOYS"), ("BOSS", "BOSSES"), ("MOB_", "MOBS")]
)
def test_regular_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many


# Verbs


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("RAZE", ("RAZE", "RAZES", "RAZED", "RAZING")),
        ("CARRY", ("CARRY", "CARRIES", "CARRIED", "CARRYING")),
        ("DEPLOY", ("DEPLOY", "DEPLOYS", "DEPLOYED", "DEPLOYING")),
        ("CLASH", ("CLASH", "CLASHES", "CLASHED", "CLASHING")),
        ("BAN", ("BAN", "BANS", "BANNED", "BANNING")),
        ("VISIT", ("VISIT", "VISITS", "VISITED", "VISITING")),
        ("FREE", ("FREE", "FREES", "FREED", "FREEING")),
    ],
)
def test_regular_forms(verb: str, forms: tuple[str, ...]) -> None:
    assert regular_forms(verb) == forms


BLOCK = """
&PAYMENT
+GOLD COIN
+&METALS

&METALS_
+SILVER

--- GIVE [070] ---
GIVE {GAVE GIVEN}
LEND [071]
+HAND_OVER {+HANDED_OVER}
RE_+PAY
- * COINS [072]
- $ HAS_* &PAYMENT TO_THE + [073:074]
- * NOTHING [---]
"""


def test_verbs_of_a_block_share_its_code_and_its_patterns() -> None:
    verbs, problems = verbs_of(BLOCK)
    assert problems == []
    assert verbs["GAVE"][0].code == verbs["GIVING"][0].code == EventCode(code="070")
    assert verbs["LENDS"][0].code == EventCode(code="071")
    assert verbs["LENDS"][0].patterns == verbs["GAVE"][0].patterns


def test_a_verb_of_several_words_keeps_the_others() -> None:
    verbs, _ = verbs_of(BLOCK)
    assert [each.after for each in verbs["HANDED"]] == [("OVER",)]
    assert [each.before for each in verbs["PAYS"]] == [("RE",)]


def test_patterns_come_longest_first_with_steps_counted_from_the_verb() -> None:
    verbs, _ = verbs_of(BLOCK)
    longest, coins, nothing = verbs["GIVE"][0].patterns
    assert [(step.slot, step.glued) for step in longest.before] == [(Slot.WORDS, True), (Slot.SOURCE, False)]
    assert [(step.slot, step.glued) for step in longest.after] == [
        (Slot.WORDS, False),
        (Slot.WORDS, False),
        (Slot.WORDS, True),
        (Slot.TARGET, False),
    ]
    assert longest.code == EventCode(code="073", back="074")
    assert (coins.where, nothing.code) == ("file.txt:14", None)


def test_sets_hold_plurals_and_other_sets() -> None:
    verbs, _ = verbs_of(BLOCK)
    assert verbs["GIVE"][0].patterns[0].after[0].choices == (("GOLD", "COIN"), ("GOLD", "COINS"), ("SILVER",))


def test_flawed_patterns_are_told_and_the_rest_is_used() -> None:
    patterns = ("- AWAY [031]", "- * &NOWHERE [032]", "- * ~HOME [033]", "- * BACK", "- * OUT [+++]", "- * IN [034]")
    verbs, problems = verbs_of("\n".join(("--- GO [030] ---", "GO", *patterns)))
    assert [each.code for each in verbs["GO"][0].patterns] == [EventCode(code="034")]
    assert [each.where for each in problems] == [f"file.txt:{line}" for line in (3, 4, 5, 6, 7)]
    assert "it needs one *" in problems[0].message
    assert "&NOWHERE is not defined" in problems[1].message


def test_sets_that_hold_themselves_end() -> None:
    verbs, problems = verbs_of("&ONE\n+&TWO\n+GATE\n&TWO\n+&ONE\n+DOOR\n--- SHUT [100] ---\nSHUT\n- * &ONE [101]\n")
    assert set(verbs["SHUT"][0].patterns[0].after[0].choices) == {("GATE",), ("GATES",), ("DOOR",), ("DOORS",)}
    assert {each.code for each in problems} == {"dictionary.set"}


def test_phrases_in_brackets_are_read_as_their_words() -> None:
    verbs, problems = verbs_of("--- CALL [095] ---\nCALL\n- * {FREE VOTE} (IN +) [096]\n")
    assert problems == []
    assert [step.slot for step in verbs["CALL"][0].patterns[0].after] == [*[Slot.WORDS] * 3, Slot.TARGET]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("064", EventCode(code="064")),
        ("032:033", EventCode(code="032", back="033")),
        ("025?", EventCode(code="025")),
        ("---", None),
        ("###", None),
    ],
)
def test_event_codes(written: str, code: EventCode | None) -> None:
    assert parse_event_code(written) == code


# Discards


def test_a_plus_rules_out_the_whole_text() -> None:
    found = list(parse_discards(lines_of("+WORLD CUP\nCHESS  # games\n")))
    assert [(each.words, each.whole_text) for each in found] == [(("WORLD", "CUP"), True), (("CHESS",), False)]


# Whatever stands in a file

PIECES = ["ARVEL", "&SET", "+", "-", "---", "*", "[", "]", "[010]", "[~GOV]", "[A 950101-960101]", "{", "}", "{}", "_"]
PIECES += ["$", "%", "^", "#", ";", "<!--", "-->", "!P!", "=", "~", ",", " ", "\t", "\n", "[---]", "[###]", "'S", ""]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_text_stops_the_loader_and_every_problem_says_where(pieces: list[str]) -> None:
    text = "".join(pieces)
    for made in (actors_of(text), agents_of(text), verbs_of(text)):
        assert all(each.where.startswith("file.txt:") and each.message for each in made[1])
    assert all(each.name.words for each in [*actors_of(text)[0], *agents_of(text)[0]])
    assert all(each.words for each in parse_discards(lines_of(text)))


# Folders


def folder_with(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_are_told_by_their_names_and_verbs_by_their_looks(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        my_actors__txt="ARVEL [ARV]\nARVEL_TELEVISION [ARVMED]\n",
        agents__txt="OFFICIAL [~GOV]\n",
        CAMEO__txt=BLOCK,
        discards__txt="CHESS\n",
        notes__txt="nothing of the kind\n",
        readme__md="# not a dictionary\n",
    )
    loaded = load_dictionaries(folder)
    made = loaded.dictionaries
    assert [len(each.name.words) for each in made.actors["ARVEL"]] == [2, 1]
    assert set(made.agents) == {"OFFICIAL", "OFFICIALS"}
    assert "HANDED" in made.verbs
    assert len(made.discards) == 1
    assert [(each.where, each.code) for each in loaded.problems] == [("notes.txt", "dictionary.unread")]


def test_a_verb_in_two_blocks_has_the_patterns_of_both(tmp_path: Path) -> None:
    text = "--- A [010] ---\nHAIL\n- * X [011]\n\n--- B [---] ---\nHAIL\n- * Y Z [012]\n"
    (verb,) = load_dictionaries(folder_with(tmp_path, verbs__txt=text)).dictionaries.verbs["HAIL"]
    assert verb.code == EventCode(code="010")
    assert [each.code for each in verb.patterns] == [EventCode(code="012"), EventCode(code="011")]


def test_a_folder_without_verbs_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no dictionary of verbs"):
        load_dictionaries(folder_with(tmp_path, actors__txt="ARVEL [ARV]\n"))


def test_other_contents_have_another_fingerprint(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, code in ((one, "010"), (other, "011")):
        folder.mkdir()
        folder_with(folder, verbs__txt=f"--- A [{code}] ---\nHAIL\n")
    made: list[Dictionaries] = [load_dictionaries(each).dictionaries for each in (one, other)]
    assert made[0].fingerprint != made[1].fingerprint


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, verbs__txt="--- A [010] ---\nHAIL\n")
    (folder / "actors.txt").write_bytes(b"PK\x03\x04\x00\x00")
    assert [each.code for each in load_dictionaries(folder).problems] == ["dictionary.unread"]
