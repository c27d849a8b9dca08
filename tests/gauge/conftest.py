"""A gold folder in miniature, made up for these tests, in the shape of the real one."""

import json
import os
import zipfile
from pathlib import Path

import pytest

SYRIA = (
    "Aid reached Marat Tower on Sunday, and the council of Marat Tower met the Red Brigade on 3 May. "
    "It asked for 12 trucks."
)


@pytest.fixture(scope="session")
def real_gold() -> Path:
    """The gold sets themselves; skips where they are not at hand."""
    shared = Path(os.environ.get("TRUCELINE_SHARED", Path(__file__).parents[2] / "../shared"))
    if not (shared / "gold").is_dir():
        pytest.skip("needs ../shared/gold, or TRUCELINE_SHARED")
    return shared / "gold"


@pytest.fixture(scope="session")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    for write in (_polnear, _re3d, _geo, _ucdp, _timeml, _factuality, _petrarch2, _muc4, _ecbplus):
        write(folder)
    return folder


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _polnear(folder: Path) -> None:
    text = "The envoy said the road is open. “We stopped,” a driver told him. Nobody believed it."
    first = "T1\tSource 0 9\tThe envoy\nT2\tCue 10 14\tsaid\nT3\tContent 15 31\tthe road is open\n"
    second = "T4\tContent 33 46\t“We stopped,”\nT5\tCue 56 60\ttold\n"
    heads = "T6\tAttribution 10 14\tsaid\nT7\tAttribution-no-source 56 60\ttold\nT8\tAttribution 74 82\tbelieved\n"
    events = "E1\tAttribution:T6 Content:T3 Cue:T2 Source:T1\nE2\tAttribution-no-source:T7 Content:T4 Cue:T5\n"
    bare = "E3\tAttribution:T8\n"
    _put(folder / "polnear/dev/paper_2016-05-03_road.txt", text)
    _put(folder / "polnear/dev/paper_2016-05-03_road.ann", first + second + heads + events + bare)


def _re3d(folder: Path) -> None:
    def row(words: str, kind: str, nth: int = 0) -> dict[str, object]:
        start = SYRIA.find(words) if nth == 0 else SYRIA.find(words, SYRIA.find(words) + 1)
        return {"documentId": "d1", "type": kind, "begin": start, "end": start + len(words), "value": words}

    tower, brigade = row("Marat Tower", "Location", 1), row("the Red Brigade", "Organisation")
    council = row("the council of Marat Tower", "Organisation")
    entities = [
        row("Marat Tower", "Location"),
        tower,
        council,
        brigade,
        row("on Sunday", "Temporal"),
        row("3 May", "Temporal"),
        row("12 trucks", "Quantity"),
        row("trucks", "Vehicle"),
        row("12", "Frequency"),
    ]
    relation = {
        "documentId": "d1",
        "type": "CommWith",
        "sourceBegin": council["begin"],
        "sourceEnd": council["end"],
        "targetBegin": brigade["begin"],
        "targetEnd": brigade["end"],
    }
    source = folder / "re3d/Wikipedia"
    _put(source / "documents.json", json.dumps({"_id": "d1", "text": SYRIA}) + "\n")
    _put(source / "entities.json", "".join(json.dumps(each) + "\n" for each in entities))
    _put(source / "relations.json", json.dumps(relation) + "\n")


def _geo(folder: Path) -> None:
    _put(
        folder / "geo/lgl.xml",
        """<articles><article docid="1"><domain>paper.example</domain><dltime>2016-05-03 12:24:52-05</dltime>
        <text><![CDATA[Fair in Paris & Kleinau]]></text><toponyms>
        <toponym><start>8</start><end>13</end><phrase>Paris</phrase>
        <gaztag><lat>33.66</lat><lon>-95.56</lon></gaztag></toponym>
        <toponym><start>16</start><end>23</end><phrase>Kleinau</phrase></toponym>
        </toponyms></article></articles>""",
    )
    _put(
        folder / "geo/GWN.xml",
        """<articles><article file="7"><text>French tanks left Paris, a city.</text><toponyms>
        <toponym><type>Demonym</type><start>0</start><end>6</end></toponym>
        <toponym><type>Literal</type><start>18</start><end>23</end>
        <latitude>48.85</latitude><longitude>2.35</longitude></toponym>
        <toponym><type>Literal</type><start>-9</start><end>-4</end></toponym>
        <toponym><type>Literal_Expression</type><start>25</start><end>31</end></toponym>
        </toponyms></article></articles>""",
    )


def _ucdp(folder: Path) -> None:
    event = {
        "place": "Al Marj town",
        "lat": 35.1,
        "lon": 36.2,
        "where_prec": 1,
        "date_start": "2017-03-01",
        "date_prec": 1,
        "deaths_low": 4,
        "deaths_best": 4,
        "deaths_high": 6,
        "sources_cited": 1,
    }
    rows = [
        ("h1", "Four fighters killed near Al-Marj yesterday", "2017-03-02", [event]),
        ("h2", "Clashes in the countryside of al-Marj", "2017-03-01", [event]),
        ("h3", "Shells on El Marj", "2017-03-05", [event, {**event, "lat": 35.12}]),
    ]
    lines = [
        json.dumps({"id": headline, "text": text, "publisher": "SOHR", "published_at": day, "events": events})
        for headline, text, day, events in rows
    ]
    _put(folder / "ucdp/headlines_2017_2019.jsonl", "\n".join(lines) + "\n")
    _put(folder / "ucdp/places_2017_2019.csv", "name,kind,ged_name\nAl Marj,town,Al Marj town\n")


def _timeml(folder: Path) -> None:
    _put(
        folder / "timeml/TimeBank/made_up.tml",
        """<TimeML><DCT><TIMEX3 tid="t0" type="TIME" value="2016-05-03T10:00" >x</TIMEX3></DCT><TEXT>
Guns &amp; tanks <EVENT eid="e1">left</EVENT> <TIMEX3 tid="t1" type="DATE" value="2016-05-02">on <SIGNAL>Monday</SIGNAL>
</TIMEX3> for <TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3>.</TEXT></TimeML>""",
    )


def _factuality(folder: Path) -> None:
    rows = [("0", "They", "_"), ("1", "might", "_"), ("2", "retreat", "0.4"), ("3", "(", "_"), ("4", "lost", "-2.8")]
    sentence = "\n".join("\t".join((*row, "X", "0", "dep", "x")) for row in (*rows, ("5", ")", "_")))
    other = "0\tfled\t3.0\tX\t0\tROOT\tflee"
    for corpus in ("uw", "meantime"):
        _put(folder / f"factuality/{corpus}/dev.conll", f"{sentence}\n\n{other}\n\n")


def _muc4(folder: Path) -> None:
    told = "gunmen of the red dawn (rd) shot mayor juan salas in tarsin. a bomb damaged the state bank."

    def mention(words: str) -> list[object]:
        return [words, told.index(words)]

    shooting = {
        "incident_type": "attack",
        "PerpInd": [[mention("gunmen")]],
        "PerpOrg": [[mention("red dawn"), mention("rd")]],
        "Target": [],
        "Victim": [[mention("juan salas")]],
        "Weapon": [],
    }
    bombing = {
        "incident_type": "bombing / attack",
        "PerpInd": [],
        "PerpOrg": [],
        "Target": [[mention("state bank"), mention("the state bank")]],
        "Victim": [],
        "Weapon": [[mention("bomb")]],
    }
    rows = [
        {"docid": "DEV-MUC3-9001", "doctext": told, "templates": [shooting, bombing]},
        {"docid": "DEV-MUC3-9002", "doctext": "the harvest was good in tarsin.", "templates": []},
    ]
    _put(folder / "muc4/dev.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    _put(folder / "muc4/texts/made-up", "DEV-MUC3-9001\n\n   TARSIN, 4 FEB 90 (RNA) -- [TEXT] GUNMEN\n\n")


def _petrarch2(folder: Path) -> None:
    def row(id: str, text: str, *events: tuple[str, str, str], **more: object) -> dict[str, object]:
        listed = [{"source": source, "target": target, "code": code} for source, target, code in events]
        record = {"id": id, "date": "19960504", "in_suite": True, "text": text, "events": listed, "error": None}
        return {**record, **more}

    rows = [
        row("a", "Arvel attacked Belm.", ("ARV", "BLM", "190")),
        row("b", "Odo visited Belm.", ("ARVGOV", "BLM", "032"), ("BLM", "ARVGOV", "033")),
        row("b", "Belm rained.", error="no parse"),
        row("c", "Nothing came of Arvel and Belm.", no_events=True),
        row("d", "Belm attacked Arvel.", ("BLM", "ARV", "190"), in_suite=False),
    ]
    records = '<Sentence id="a"/><Config option="dyads" value="no"/><Sentence id="b"/><Sentence id="c"/>'
    home = folder / "petrarch2"
    _put(home / "sentences.jsonl", "".join(json.dumps(each) + "\n" for each in rows))
    _put(home / "PETR.UnitTest.records.xml", f"<Validation><Sentences>{records}</Sentences></Validation>")
    _put(home / "actors.txt", "ARVEL [ARV]\nBELM [BLM]\nODO [ARVELI]\n\t[ARVGOV >19960101]\n")
    _put(home / "verbs.txt", "--- ATTACK [190] ---\nATTACK\n\n--- VISIT [032:033] ---\nVISIT\n")


def ecbplus_file(*sentences: str, plus: bool, chains: dict[str, tuple[str, ...]]) -> str:
    """A document of the release: `chains` gives for an instance the words that tell of it."""
    rows = [line.split() for line in (("http : / / paper.example", *sentences) if plus else sentences)]
    tokens = [(at, word) for at, words in enumerate(rows) for word in words]
    anchors = {word: number for number, (_, word) in enumerate(tokens, start=1)}
    told = [(word, name) for name, words in chains.items() for word in words]
    marks = "".join(
        f'<ACTION_OCCURRENCE m_id="{at}"><token_anchor t_id="{anchors[word]}"/></ACTION_OCCURRENCE>'
        for at, (word, _) in enumerate(told, start=1)
    )
    instances = "".join(
        f'<ACTION_OCCURRENCE m_id="{90 + at}" RELATED_TO="" TAG_DESCRIPTOR="x" instance_id="{name}"/>'
        for at, name in enumerate(chains)
    )
    relations = "".join(
        f'<CROSS_DOC_COREF r_id="{at}" note="{name}"><source m_id="{at}"/></CROSS_DOC_COREF>'
        for at, (_, name) in enumerate(told, start=1)
    )
    written = "".join(
        f'<token t_id="{number}" sentence="{at}" number="0">{word}</token>'
        for number, (at, word) in enumerate(tokens, start=1)
    )
    return f"<Document>{written}<Markables>{marks}{instances}</Markables><Relations>{relations}</Relations></Document>"


def _ecbplus(folder: Path) -> None:
    first = {"ACT1": ("quake", "shook"), "ACT2": ("killed",)}
    second = {"ACT3": ("tremor",), "ACT4": ("cracked",)}
    documents = {
        "1ecb": ecbplus_file("A quake that killed three shook Belm on Monday", plus=False, chains=first),
        "2ecb": ecbplus_file("Belm counts three killed after quake that shook it", plus=False, chains=first),
        "1ecbplus": ecbplus_file("In Odo a tremor cracked walls in June", plus=True, chains=second),
        "2ecbplus": ecbplus_file("June tremor in Odo cracked walls", plus=True, chains=second),
    }
    (folder / "ecbplus").mkdir(parents=True)
    rows = ["Topic,File,Sentence Number"]
    for split, topic in (("train", 1), ("dev", 2)):
        with zipfile.ZipFile(folder / "ecbplus" / f"{split}.zip", "w") as archive:
            for name, text in documents.items():
                archive.writestr(f"{split}/{topic}/{topic}_{name}.xml", text)
                rows.append(f"{topic},{name},{int(name.endswith('plus'))}")
    _put(folder / "ecbplus/coreference_sentences_train_dev.csv", "\n".join(rows) + "\n")
