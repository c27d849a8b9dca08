"""Who has been told of so far in a text, and whom a later description or pronoun takes up.

A later word takes up what agrees with it in the nearest sentence, the subject first (after Grosz, Joshi and Weinstein,
"Centering", 1995, in small); where two agree alike it takes up nobody.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.actor import ActorKind
from truceline.model.span import Span
from truceline.read.actors import ActorIndex
from truceline.read.actors_tables import words_of
from truceline.read.cues import load_cues
from truceline.vocab.actors import toml_table

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

SUBJECT = frozenset({"nsubj", "nsubjpass"})
WITHIN = frozenset({"compound", "nmod", "amod", "appos"})
PERSONAL = frozenset({"he", "she", "him", "her", "his"})
SINGLE = frozenset({"it", "its"})
SEVERAL = frozenset({"they", "them", "their"})
PRONOUNS = PERSONAL | SINGLE | SEVERAL
POSSESSIVE = frozenset({"his", "her", "its", "their"})
FAR, FARTHEST = 6, 60  # sentences back that a description reaches, without and with a word of the name
EXPLETIVE = frozenset({"be", "seem", "appear", "emerge", "take", "happen", "remain", "rain", "snow", "become"})
ALONE = frozenset({ActorKind.CIVILIANS, ActorKind.COLLECTIVE})  # whom no 'it' and no 'group' takes up


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody told of: where, in which sentence, as its subject or in a row of several, by which words."""

    span: Span
    actor: str
    words: frozenset[str]
    sentence: int
    token: "Token"
    subject: bool
    row: bool
    name: str
    labelled: bool = False
    pronoun: bool = False


class Discourse:
    """What a text has told of up to the word that is being read."""

    def __init__(self, doc: "Doc", index: ActorIndex) -> None:
        self.doc = doc
        self.index = index
        self._told: dict[int, list[Told]] = defaultdict(list)  # by sentence
        self._order = {sentence.start: at for at, sentence in enumerate(doc.sents)}

    def tell(self, span: Span, actor: str, name: str, *, labelled: bool = False, pronoun: bool = False) -> None:
        phrase = self.doc.char_span(span.start, span.end)
        if phrase is None or not len(phrase):
            return
        token = top_of(phrase.root)
        row = bool([each for each in token.conjuncts if each.pos_ in {"PROPN", "NOUN"}])
        sentence = self.sentence_of(token)
        self._told[sentence].append(
            Told(
                span=span,
                actor=actor,
                words=frozenset(name.casefold().split()),
                sentence=sentence,
                token=token,
                subject=first_of(token).dep_ in SUBJECT,
                row=row,
                name=name,
                labelled=labelled,
                pronoun=pronoun,
            )
        )

    def sentence_of(self, token: "Token") -> int:
        return self._order[token.sent.start]

    # Descriptions ---------------------------------------------------------------------------------

    def described(self, folded: Sequence[str], token: "Token") -> Told | None:
        """Whom 'the ministry' or 'the rights group' takes up."""
        here = self.sentence_of(token)
        noun, label = folded[-1], " ".join(folded) in words_of("labels") or folded[-1] in words_of("labels")
        for sentence in range(here, max(-1, here - FARTHEST), -1):
            fitting = [
                each
                for each in self._told.get(sentence, ())
                if each.span.end <= token.idx
                and (_has_noun(each, noun) if label else self._fits(each, folded, far=here - sentence >= FAR))
            ]
            chosen = _one(fitting)
            if fitting:
                return chosen
        return None

    def _fits(self, told: Told, folded: Sequence[str], *, far: bool) -> bool:
        """By a word of the name or of what it was called, or by what sort of actor it is."""
        if _has_noun(told, " ".join(folded)) or (len(folded) == 1 and _has_noun(told, folded[-1])):
            return True
        if folded[-1] not in toml_table("nouns.toml")["described"] or told.labelled:
            return False
        return not far and self.index.fits_description(told.actor, told.name, folded)

    # Pronouns -------------------------------------------------------------------------------------

    def taken_up(self, token: "Token", *, owns_organ: bool = False) -> tuple[Told | None, str]:
        """Whom a pronoun takes up, and why or why not. `owns_organ`: it has an army, so it is a state or a force."""
        word = token.lower_
        if word in SINGLE and word != "its" and _is_empty(token):
            return None, "'it' stands for nothing"
        if word not in POSSESSIVE and token.dep_ not in SUBJECT:
            return None, "a pronoun that may stand for anything"
        here = self.sentence_of(token)
        inside = [each for each in self._agreeing(here, word) if each.span.end <= token.idx]
        chosen = self._in_sentence(token, inside)
        if chosen is not None:
            return chosen, "the one named before in the sentence"
        if inside or (not owns_organ and self._has_rival(token)):
            return None, "several it could take up"
        if here == 0:
            return None, "nobody named before"
        return self._before(token, self._agreeing(here - 1, word), owns_organ=owns_organ)

    def _agreeing(self, sentence: int, word: str) -> list[Told]:
        return [each for each in self._told.get(sentence, ()) if self._agrees(each, word)]

    def _agrees(self, told: Told, word: str) -> bool:
        kind = self.index.actors[told.actor].kind
        if word in PERSONAL:
            return kind is ActorKind.PERSON
        return kind is not ActorKind.PERSON and not (word in SINGLE and kind in ALONE)

    def _in_sentence(self, token: "Token", inside: Sequence[Told]) -> Told | None:
        """The subject that the pronoun's own clause hangs on or stands beside, where nothing else can be meant."""
        if token.lower_ in SINGLE:
            inside = [each for each in inside if not each.row]  # a row is no 'it'
        subjects = [each for each in inside if each.subject and not each.row]
        if not subjects:
            alone = len({each.actor for each in inside}) == 1 and (inside[-1].pronoun or token.lower_ == "its")
            return inside[-1] if alone else None
        last = subjects[-1]
        if any(each.actor != last.actor for each in subjects) and not _governs(last.token, token):
            return None
        rival = _rival_between(self.doc, last, token)
        return last if rival is None or (is_agentive(token) and not rival) else None

    def _has_rival(self, token: "Token") -> bool:
        """Whether the sentence has a subject of its own before the pronoun that could be meant."""
        if is_agentive(token):
            return False
        start = token.sent.start
        return any(
            each.dep_ in SUBJECT and each.pos_ in {"NOUN", "PROPN"} and each.lower_ not in PRONOUNS
            for each in self.doc.tokens[start : token.i]
            if token not in each.subtree
        )

    def _before(self, token: "Token", earlier: Sequence[Told], *, owns_organ: bool) -> tuple[Told | None, str]:
        """The subject of the sentence before; else the only one named in it, for somebody who says or wants."""
        subjects = [each for each in earlier if each.subject and _is_main(each.token)]
        if subjects:
            chosen = subjects[0]
            if chosen.row and (len({each.actor for each in subjects}) > 1 or token.lower_ in SEVERAL):
                return None, "several it could take up"
            if owns_organ or not self._could_be_object(token, chosen):
                return chosen, "the subject of the sentence before"
            return None, "what the sentence before is about could be meant as well"
        only = {each.actor for each in earlier}
        if len(only) == 1 and (is_agentive(token) or owns_organ):
            return earlier[-1], "the only one named in the sentence before"
        return None, "nobody in the sentence before is plainly meant"

    def _could_be_object(self, token: "Token", subject: Told) -> bool:
        """'Russia sent a column. It withdrew': what is newly named can be taken up as well as who named it."""
        word = token.lower_
        if word in PERSONAL or is_agentive(token):
            return False
        if word in SINGLE and any(
            each.lower_ == "it" and each.i != token.i and each.dep_ not in SUBJECT for each in token.sent
        ):
            return False  # 'On it, it marked': one of the two is the object
        verb = first_of(subject.token).head
        objects = [each for each in verb.children if each.dep_ in {"dobj", "obj"}]
        if word in SEVERAL:
            return any(each.lower_ in words_of("people_nouns") for each in objects)
        if word == "its":
            return False
        return any(each.tag_ == "NN" and _is_new(each) for each in objects)


def _one(fitting: Sequence[Told]) -> Told | None:
    """The only actor among them; of several the subject, unless it stands in a row with another."""
    actors = {each.actor for each in fitting}
    if len(actors) == 1:
        return fitting[-1]
    subjects = [each for each in fitting if each.subject]
    return subjects[-1] if len({each.actor for each in subjects}) == 1 and not subjects[-1].row else None


def _has_noun(told: Told, noun: str) -> bool:
    forms = {noun, noun.removesuffix("s"), f"{noun}s", _american(noun)}
    return not forms.isdisjoint(told.words) or (" " in noun and noun in told.name.casefold())


def _american(noun: str) -> str:
    return {"centre": "center", "center": "centre", "organisation": "organization", "organization": "organisation"}.get(
        noun, noun
    )


def top_of(token: "Token") -> "Token":
    """The noun that a name stands before: 'fighters' of 'Hezbollah fighters'."""
    while token.dep_ in WITHIN and token.head is not token:
        token = token.head
    return token


def first_of(token: "Token") -> "Token":
    """The first of its row."""
    while token.dep_ == "conj" and token.head is not token:
        token = top_of(token.head)
    return token


def is_agentive(token: "Token") -> bool:
    """Whether who the pronoun stands for says, wants or does what only somebody does."""
    governor = token.head
    if token.lower_ in POSSESSIVE or token.dep_ != "nsubj":
        return False
    lemma = governor.lemma_.lower()
    return lemma in load_cues().verbs or lemma in words_of("agentive")


def _is_empty(token: "Token") -> bool:
    """'It is unclear', 'it was reported that'."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if verb.lemma_.lower() in EXPLETIVE and token.dep_ in SUBJECT:
        return True
    clause = any(each.dep_ in {"ccomp", "xcomp"} for each in verb.children)
    return token.dep_ == "nsubjpass" and clause and verb.lemma_.lower() in load_cues().verbs


def _is_main(token: "Token") -> bool:
    """Whether a subject is its sentence's own, not a clause's inside it."""
    verb = first_of(token).head
    while verb.dep_ in {"conj", "ccomp"} and verb.head is not verb and verb.head.lower_ not in load_cues().verbs:
        if verb.dep_ == "ccomp" and any(each.dep_ in SUBJECT for each in verb.head.children):
            return False
        verb = verb.head
    return verb.head is verb or verb.dep_ in {"ROOT", "conj", "parataxis"}


def _governs(subject: "Token", pronoun: "Token") -> bool:
    """Whether the pronoun stands in what the subject's verb governs."""
    verb = first_of(subject).head
    return any(each is verb for each in pronoun.ancestors)


def _rival_between(doc: "Doc", told: Told, token: "Token") -> bool | None:
    """None where no other subject stands between; else whether it is one that could act."""
    rivals = [
        each
        for each in doc.tokens[told.token.i + 1 : token.i]
        if each.dep_ in SUBJECT and each.pos_ in {"NOUN", "PROPN"} and token not in each.subtree
    ]
    singular = token.lower_ in SINGLE
    rivals = [each for each in rivals if (each.tag_ in {"NNS", "NNPS"}) is not singular]
    if not rivals:
        return None
    return any(each.pos_ == "PROPN" or each.lower_ in words_of("people_nouns") for each in rivals)


def _is_new(noun: "Token") -> bool:
    return any(each.dep_ == "det" and each.lower_ in {"a", "an", "another"} for each in noun.children)
