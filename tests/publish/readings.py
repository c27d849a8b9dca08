"""A composed opinion piece, read by hand: every kind of mark an article page shows."""

from datetime import UTC, datetime

from views import AIR, ALEPPO, CLASH, NEAR, TALK, TARTUS, TROOPS, sha, toponym

from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.check import ArticleCheck, Checked, Holding
from truceline.model.claim import Claim, EventType, Mood, Participant, Trigger
from truceline.model.document import Document, Form
from truceline.model.mention import Label
from truceline.model.place import Toponym
from truceline.model.quantity import Harm, Quantity, Range, Unit
from truceline.model.reading import Reading
from truceline.model.series import Answer, RateCheck, RateRatio
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When

TEXT = """More than 1,000 militants have begun an offensive southwest of Aleppo, the Russian centre said on Saturday. \
It added that residents spoke of armed groups gathering north of the city.

Local sources saw tanks rolling towards Tartus, though nobody confirmed it. \
The ministry denied that its aircraft struck Khan Tuman. \
Airstrikes against “terrorists” have tripled. Is this a trap?

One can only hope that the talks will go on. Lavrov called Kerry again."""

DOCUMENT = Document(
    id="opinion",
    text=TEXT,
    sha256=sha(TEXT),
    form=Form.TEXT,
    title="The truce is wearing thin",
    publisher="A weblog",
    published_at=datetime(2016, 6, 4, 12, tzinfo=UTC),
    language="en",
    uri="https://example.org/opinion",
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def place(words: str, spot: tuple[object, ...]) -> Toponym:
    made = toponym(spot)  # type: ignore[arg-type]
    return Toponym(**{name: getattr(made, name) for name in Toponym.__slots__ if name != "span"}, span=span(words))


def claim(id: str, words: str, trigger: str, event: EventType, *, chain: tuple[str, ...] = (), **more: object) -> Claim:
    told: dict[str, object] = {"factuality": 3.0, "negated": False, "mood": Mood.ASSERTION, **more}
    return Claim(id=id, span=span(words), chain=chain, trigger=Trigger(span=span(trigger), type=event), **told)  # type: ignore[arg-type]


def said(id: str, source: str, cue: str, content: str, kind: SpeakerKind, **more: object) -> Attribution:
    return Attribution(
        id=id,
        source=(span(source),),
        cue=(span(cue),),
        content=(span(content),),
        kind=kind,
        **{"speaker": None, **more},
    )  # type: ignore[arg-type]


SATURDAY = When(
    span=span("on Saturday"),
    type=TimexType.DATE,
    value="2016-06-04",
    basis=Basis.RELATIVE,
    start=datetime(2016, 6, 4, tzinfo=UTC),
    end=datetime(2016, 6, 5, tzinfo=UTC),
)
MILITANTS = Quantity(span=span("More than 1,000 militants"), low=1001, high=None, of="militants")
TRIPLED = Quantity(span=span("tripled"), low=3.0, high=3.0, of="airstrikes", unit=Unit.RATIO)

CLAIMS = (
    claim(
        "k1",
        "More than 1,000 militants have begun an offensive southwest of Aleppo",
        "offensive",
        CLASH,
        chain=("a0",),
        place=0,
        happened=SATURDAY,
        agents=(Participant(span=span("More than 1,000 militants"), count=MILITANTS),),
    ),
    claim("k2", "armed groups gathering north of the city", "gathering", TROOPS, chain=("a0", "a1"), factuality=1.0),
    claim("k3", "tanks rolling towards Tartus", "rolling", TROOPS, chain=("a2",), factuality=1.5, place=1),
    claim(
        "k4",
        "its aircraft struck Khan Tuman",
        "struck",
        AIR,
        chain=("a3",),
        factuality=-3.0,
        mood=Mood.DENIAL,
        agents=(Participant(span=span("its aircraft"), actor="rus.vks"),),
        harm=Harm(killed=Range(low=5, high=None)),
    ),
    claim(
        "k5",
        "Airstrikes against “terrorists” have tripled",
        "Airstrikes",
        AIR,
        stated_rate=TRIPLED,
        recipients=(Participant(span=span("“terrorists”"), reason="a label"),),
    ),
    claim("k6", "Is this a trap", "trap", EventType(plover=None), mood=Mood.QUESTION, factuality=0.0),
    claim("k7", "the talks will go on", "talks", TALK, mood=Mood.OPINION, factuality=0.0),
    claim("k8", "Lavrov called Kerry again", "called", TALK),
)

READING = Reading(
    document=DOCUMENT,
    labels=(
        Label(
            span=span("“terrorists”"),
            word="“terrorists”",
            neutral="armed opponents",
            reason="a court's word used by a party",
        ),
    ),
    places=(
        place("southwest of Aleppo", NEAR),
        place("Tartus", TARTUS),
        Toponym(span=span("Khan Tuman"), id=None, reason="two villages bear the name"),
        place("Aleppo", ALEPPO),
    ),
    times=(SATURDAY,),
    quantities=(MILITANTS, TRIPLED),
    attributions=(
        said(
            "a0",
            "the Russian centre",
            "said",
            "More than 1,000 militants have begun an offensive southwest of Aleppo",
            SpeakerKind.NAMED,
            speaker="rus.mod",
        ),
        said(
            "a1",
            "residents",
            "spoke of",
            "armed groups gathering north of the city",
            SpeakerKind.COLLECTIVE,
            parent="a0",
        ),
        said("a2", "Local sources", "saw", "tanks rolling towards Tartus", SpeakerKind.ANONYMOUS),
        said("a3", "The ministry", "denied", "its aircraft struck Khan Tuman", SpeakerKind.NAMED, speaker="rus.mod"),
    ),
    claims=CLAIMS,
)

CHECK = ArticleCheck(
    reading=READING,
    tellings=(),
    checked=(
        Checked(
            claim="k1",
            holding=Holding.CORROBORATED,
            support=("i-offensive",),
            against=(),
            because="same place, day and kind",
        ),
        Checked(
            claim="k2",
            holding=Holding.ONLY_HERE,
            support=(),
            against=(),
            because="no incident near it in place and time",
        ),
        Checked(
            claim="k3", holding=Holding.DENIED, support=(), against=("i-tartus",), because="denied by another origin"
        ),
        Checked(
            claim="k4",
            holding=Holding.DISPUTED,
            support=("i-khan-tuman-air",),
            against=("i-khan-tuman-air",),
            because="told and denied",
        ),
        Checked(claim="k6", holding=Holding.NOT_CHECKED, support=(), against=(), because="a question"),
    ),
    rates=(
        RateCheck(
            claim="k5",
            document="opinion",
            words="Airstrikes have tripled",
            stated_low=3.0,
            stated_high=3.0,
            measured=RateRatio(
                name="air", now_count=2, now_days=5, before_count=1, before_days=6, ratio=2.4, low=0.2, high=None
            ),
            answer=Answer.CANNOT_TELL,
            because="Too few: a rate cannot be told from chance.",
        ),
    ),
)
