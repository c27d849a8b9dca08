"""Events in a parsed text: the trigger, its kind, and who and what takes part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.lexicon import Lexicon, Rule, load_grammar
from truceline.read.sentences import subtree

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

SUBJECT = frozenset({"nsubj", "csubj"})
AGAINST = frozenset({"against", "on", "at", "upon", "targeting"})
BY_MEANS = frozenset({"with", "using", "by"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One event: `trigger` and participants are tokens; `kind` names a kind of the lexicon, None outside it."""

    trigger: "Token"
    kind: str | None
    agents: tuple["Token", ...]
    recipients: tuple["Token", ...]
    instruments: tuple["Token", ...]


def find_events(doc: "Doc", lexicon: Lexicon, contents: Sequence[Span] = ()) -> Iterator[Found]:
    """Every verb of content and every noun that the lexicon knows as an event, in text order.

    `contents` are what speakers are said to have said: nobody outside of one acts inside it.
    """
    for token in doc:
        if token.pos_ == "VERB" or token.tag_ in {"VBD", "VBN"}:
            found = _verb_event(token, lexicon, contents)
        elif token.pos_ in {"NOUN", "PROPN"}:
            found = _noun_event(token, lexicon)
        else:
            found = None
        if found is not None:
            yield found


# Verbs -------------------------------------------------------------------------------------------


def _verb_event(verb: "Token", lexicon: Lexicon, contents: Sequence[Span]) -> Found | None:
    subjects, objects = _subjects_within(verb, contents), _objects(verb)
    if _tells_nothing(verb, lexicon, objects):
        return None
    kind = _matching(lexicon.verbs.get(verb.lemma_.lower(), ()), verb, subjects, objects)
    if _is_habit(verb):
        kind = None
    if any(each.lemma_ == "fire" for each in objects):
        objects = tuple(hit for each in objects for hit in _after(each, set(AGAINST))) or _aimed_at(verb)
    if kind == "capture":
        objects = (*objects, *_lost_by(verb))
    thrown = tuple(
        each
        for each in objects
        if _is_instrument(each, lexicon, kind) and verb.lemma_.lower() in load_grammar().throwing
    )
    objects = tuple(each for each in objects if each not in thrown) or (_aimed_at(verb) if thrown else ())
    agents = tuple(each for each in subjects if not _is_instrument(each, lexicon, kind))
    instruments = tuple(each for each in subjects if _is_instrument(each, lexicon, kind))
    return Found(
        trigger=verb,
        kind=kind,
        agents=_with_conjuncts(agents)
        or tuple(each for each in instruments if each.lemma_.lower() in lexicon.platforms),
        recipients=_with_conjuncts(objects),
        instruments=(*instruments, *thrown, *_means(verb, lexicon)),
    )


def _tells_nothing(verb: "Token", lexicon: Lexicon, objects: Sequence["Token"]) -> bool:
    """Auxiliaries, verbs that only carry a noun, and participles used as adjective or noun ('the wounded')."""
    empty = verb.lemma_.lower() in load_grammar().uneventful or not verb.is_alpha
    modifier = verb.dep_ in {"amod", "compound"} and not (verb.tag_ == "VBD" and objects)
    nominal = verb.tag_ == "VBN" and verb.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
    return empty or modifier or nominal or _only_seems(verb) or _lends_itself(verb, lexicon)


def _only_seems(verb: "Token") -> bool:
    """'appears to have struck' tells no appearance."""
    return verb.lemma_ == "appear" and any(child.dep_ in {"xcomp", "oprd", "acomp", "ccomp"} for child in verb.children)


def _lends_itself(verb: "Token", lexicon: Lexicon) -> bool:
    """Whether the verb only carries a noun that tells the event ('launched an offensive')."""
    if verb.lemma_.lower() not in load_grammar().light:
        return False
    return any(child.dep_ in {"dobj", "nsubjpass"} and _noun_kind(child, lexicon) for child in verb.children)


def _subjects_within(verb: "Token", contents: Sequence[Span]) -> tuple["Token", ...]:
    """The subjects; where the parser went past what a speaker said, the first subject inside of it."""
    found = _subjects(verb)
    holding = [each for each in contents if each.start <= verb.idx < each.end]
    if not found or not holding:
        return found
    piece = min(holding, key=len)
    if any(piece.start <= each.idx < piece.end for each in found):
        return found
    inside = (each for each in verb.sent if piece.start <= each.idx < verb.idx)
    return tuple(each for each in inside if each.dep_ in SUBJECT | {"nsubjpass"})[:1]


def _subjects(verb: "Token") -> tuple["Token", ...]:
    found = [child for child in verb.children if child.dep_ in SUBJECT]
    for child in verb.children:
        if child.dep_ == "agent":
            found.extend(each for each in child.children if each.dep_ == "pobj")
    if found:
        return tuple(_antecedent(each, verb) for each in found)
    return _borrowed_subjects(verb)


def _borrowed_subjects(verb: "Token") -> tuple["Token", ...]:
    """Subjects by coordination, control, relative clause and participle, and of a verb misread as a modifier."""
    head = verb.head
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    if passive or verb.dep_ == "ROOT":
        return ()
    if verb.tag_ == "VBD" and verb.dep_ == "amod":
        return _words_before(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return (head,)
    if verb.dep_ in {"conj", "xcomp", "advcl"} and head.pos_ in {"VERB", "AUX"}:
        return _controller(verb, head)
    if verb.dep_ == "acl" and head.dep_ == "dobj" and verb.tag_ == "VB":
        return _subjects(head.head) if head.head.pos_ == "VERB" else ()
    return ()


def _controller(verb: "Token", head: "Token") -> tuple["Token", ...]:
    """'asked them to leave': the object controls; 'vowed to leave': the subject does."""
    if verb.dep_ == "xcomp":
        objects = tuple(child for child in head.children if child.dep_ in {"dobj", "nsubjpass"})
        if objects:
            return objects
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and any(child.dep_ == "nsubjpass" for child in head.children):
        return ()
    return _subjects(head)


def _words_before(verb: "Token") -> tuple["Token", ...]:
    """The noun that a finite verb misread as a modifier has on its left, past a phrase of time."""
    for token in reversed(list(verb.sent)):
        if token.i >= verb.i or token.dep_ in {"npadvmod", "advmod", "det"} or token.ent_type_ in {"DATE", "TIME"}:
            continue
        return (token,) if token.pos_ in {"NOUN", "PROPN", "PRON"} else ()
    return ()


def _objects(verb: "Token") -> tuple["Token", ...]:
    found = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass", "dative"} and child.pos_ != "ADP"]
    if not found and verb.tag_ == "VBD" and verb.dep_ == "amod":
        found = [verb.head]
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBN":
        found = [verb.head]
    if (
        not found
        and verb.dep_ == "relcl"
        and not any(child.dep_ in SUBJECT and child.tag_ == "WDT" for child in verb.children)
    ):
        found = [verb.head] if any(child.dep_ in SUBJECT | {"nsubjpass"} for child in verb.children) else []
    return tuple(_antecedent(each, verb) for each in found or _aimed_at(verb))


def _lost_by(verb: "Token") -> tuple["Token", ...]:
    """'seized the villages from the army'."""
    return tuple(
        each
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "from"
        for each in child.children
        if each.dep_ == "pobj" and not _says_when_or_where(each)
    )


def _aimed_at(verb: "Token") -> tuple["Token", ...]:
    """'fired at the village', 'clashed with rebels'."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in AGAINST | {"with", "to"}:
            found = tuple(each for each in child.children if each.dep_ == "pobj" and _may_receive(child, each))
            if found:
                return found
    return ()


def _is_habit(verb: "Token") -> bool:
    """'a group that fights only …' tells what it does, no event."""
    helped = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
    return verb.dep_ == "relcl" and verb.tag_ in {"VBZ", "VBP"} and not helped


def _may_receive(preposition: "Token", noun: "Token") -> bool:
    """'clashed with rebels', not 'arrived on Monday'."""
    if noun.ent_type_ in {"DATE", "TIME"}:
        return False
    if preposition.lower_ == "at" and preposition.head.lemma_ not in {"fire", "shoot", "aim", "launch", "throw"}:
        return False
    return preposition.lower_ != "to" or noun.ent_type_ in {"PERSON", "ORG", "NORP"} or noun.pos_ == "PROPN"


def _antecedent(token: "Token", verb: "Token") -> "Token":
    if token.lower_ in {"who", "which", "that", "whom"} and verb.dep_ == "relcl":
        return verb.head
    return token


def _means(verb: "Token", lexicon: Lexicon) -> tuple["Token", ...]:
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in BY_MEANS:
            found.extend(
                each for each in child.children if each.dep_ == "pobj" and each.lemma_.lower() in lexicon.instruments
            )
        if child.dep_ == "advcl" and child.lower_ == "using":
            found.extend(each for each in child.children if each.dep_ == "dobj")
    return tuple(found)


def _is_instrument(token: "Token", lexicon: Lexicon, kind: str | None) -> bool:
    return kind is not None and token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.instruments


def _names_somebody(token: "Token") -> bool:
    if token.dep_ not in {"amod", "compound", "poss", "nmod"}:
        return False
    return token.dep_ == "poss" or token.pos_ == "PROPN" or token.ent_type_ in {"NORP", "GPE", "ORG"}


def _with_conjuncts(tokens: Sequence["Token"]) -> tuple["Token", ...]:
    found: list[Token] = []
    for token in tokens:
        found.extend(each for each in (token, *token.conjuncts) if each not in found and _is_participant(each))
    return tuple(found)


def _is_participant(token: "Token") -> bool:
    return token.pos_ not in {"VERB", "ADV", "AUX"} and not _says_when_or_where(token)


# Nouns -------------------------------------------------------------------------------------------


def _noun_event(noun: "Token", lexicon: Lexicon) -> Found | None:
    kind = _noun_kind(noun, lexicon)
    if (kind is None and not _is_eventful(noun)) or noun.dep_ == "npadvmod" or _ceased(noun) or _says_when(noun):
        return None
    verb = (
        noun.head if noun.head.lemma_.lower() in load_grammar().light and noun.dep_ in {"dobj", "nsubjpass"} else None
    )
    lent = () if verb is None or verb.lemma_ in {"suffer", "see", "repel", "report"} else _subjects(verb)
    lent = lent or _claimants(noun)
    of, by = _after(noun, {"of"}), _after(noun, {"by"})
    against = _after(noun, set(AGAINST)) or tuple(
        each for one in of for part in (one, *one.conjuncts) for each in _after(part, {"against"})
    )
    modifiers = tuple(child for child in noun.lefts if _names_somebody(child))
    agents, recipients = _sorted_of(noun, of, by, against, modifiers)
    return Found(
        trigger=noun,
        kind=kind,
        agents=_with_conjuncts(agents or lent),
        recipients=_with_conjuncts(recipients),
        instruments=_own_instruments(noun, lexicon),
    )


def _claimants(noun: "Token") -> tuple["Token", ...]:
    """Who claimed the attack, or responsibility for it, says that he acted."""
    carrier = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.lemma_ == "responsibility":
        carrier = noun.head.head
    claims = carrier.dep_ == "dobj" and carrier.head.lemma_ == "claim"
    return _subjects(carrier.head) if claims else ()


def _ceased(noun: "Token") -> bool:
    """'cessation of hostilities' names the truce, no fighting."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_.lower() in {"cessation", "end", "halt"}
    )


def _sorted_of(
    noun: "Token",
    of: tuple["Token", ...],
    by: tuple["Token", ...],
    against: tuple["Token", ...],
    modifiers: tuple["Token", ...],
) -> tuple[tuple["Token", ...], tuple["Token", ...]]:
    """'attack of X against Y': X acts; 'shelling of Y', 'capture of Y by X': Y suffers; 'clashes between X and Y'."""
    facing = _after(noun, {"between"}) or (_after(noun.head, {"between"}) if noun.dep_ == "nsubj" else ())
    if facing:
        return facing, ()
    if against:
        return by or of or modifiers, against
    if of and (by or modifiers or _transitive(noun)):
        return by or modifiers, of
    return by or of or modifiers, ()


def _transitive(noun: "Token") -> bool:
    """'-ing', '-tion', '-ure' and their like take what suffers after 'of'."""
    return noun.lemma_.endswith(
        ("ing", "ion", "ure", "age", "al", "ege", "ade", "ease", "ange", "ery")
    ) or noun.lemma_ in {"arrest"}


def _after(noun: "Token", prepositions: set[str]) -> tuple["Token", ...]:
    found: list[Token] = []
    for child in noun.rights:
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions:
            found.extend(each for each in child.children if each.dep_ == "pobj" and not _says_when_or_where(each))
        elif child.dep_ == "acl" and child.lower_ in prepositions:
            found.extend(each for each in child.children if each.dep_ == "dobj")
    return tuple(found)


def _is_eventful(noun: "Token") -> bool:
    """Whether a noun outside the lexicon tells an event by its form ('the evacuation'): a claim without a type."""
    grammar = load_grammar()
    lemma = noun.lemma_.lower()
    formed = lemma.endswith(tuple(grammar.event_endings)) and lemma not in grammar.no_events
    return formed and noun.pos_ == "NOUN" and not noun.ent_type_ and noun.dep_ not in {"compound", "nmod", "appos"}


def _says_when(token: "Token") -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def _says_when_or_where(token: "Token") -> bool:
    return _says_when(token) or token.lower_ in load_grammar().directions


def _own_instruments(noun: "Token", lexicon: Lexicon) -> tuple["Token", ...]:
    return tuple(child for child in noun.lefts if child.lemma_.lower() in lexicon.instruments and child.pos_ == "NOUN")


def _noun_kind(noun: "Token", lexicon: Lexicon) -> str | None:
    if noun.dep_ in {"compound", "nmod"} and noun.head.pos_ in {"NOUN", "PROPN"}:
        return None
    carried = noun.dep_ == "dobj" and noun.head.lemma_.lower() in load_grammar().light
    return _matching(lexicon.nouns.get(noun.lemma_.lower(), ()), noun, _subjects(noun.head) if carried else (), ())


# Rules -------------------------------------------------------------------------------------------


def _matching(
    rules: Sequence[Rule], token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]
) -> str | None:
    for rule in rules:
        if _fits(rule, token, subjects, objects):
            return rule.kind
    return None


def _fits(rule: Rule, token: "Token", subjects: Sequence["Token"], objects: Sequence["Token"]) -> bool:
    if (
        rule.subject
        and not _lemmas((*subjects, *(deep for each in subjects for deep in _after(each, {"of"})))) & rule.subject
    ):
        return False
    if rule.companions and not _companions(token, objects) & rule.companions:
        return False
    if rule.object and not _lemmas(objects) & rule.object:
        return False
    if rule.means and not _means_lemmas(token) & rule.means:
        return False
    if rule.clause and not {each.lemma_.lower() for each in token.sent} & rule.clause:
        return False
    if rule.proper_object and not any(each.pos_ == "PROPN" for each in objects):
        return False
    if rule.needs_participant and not any(child.dep_ in {"prep", "amod", "poss"} for child in token.children):
        return False
    return not rule.prepositions or any(
        child.dep_ == "prep"
        and child.lower_ in rule.prepositions
        and any(each.dep_ == "pobj" for each in child.children)
        for child in token.children
    )


def _means_lemmas(token: "Token") -> set[str]:
    return {
        each.lemma_.lower()
        for child in token.children
        if child.dep_ in {"prep", "agent"} and child.lower_ in BY_MEANS
        for each in child.children
        if each.dep_ == "pobj"
    }


def _lemmas(tokens: Sequence["Token"]) -> set[str]:
    found: set[str] = set()
    for token in tokens:
        for each in (token, *token.conjuncts):
            found.add(each.lemma_.lower())
    return found


def _companions(token: "Token", objects: Sequence["Token"]) -> set[str]:
    """Lemmas of what stands with a trigger: objects and their modifiers, particles, own modifiers, 'of' phrases."""
    found = _lemmas(objects)
    for each in objects:
        found |= {child.lemma_.lower() for child in each.children if child.dep_ in {"compound", "amod", "nmod", "prep"}}
        found |= {deep.lemma_.lower() for deep in _after(each, {"of"})}
    for child in token.children:
        if child.dep_ in {"prt", "advmod", "compound", "amod", "nmod", "poss", "dobj", "prep"}:
            found.add(child.lemma_.lower())
            found.add(child.lower_)
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "from", "with", "by", "to"}:
            found |= {
                deep.lemma_.lower() for each in child.children if each.dep_ == "pobj" for deep in (each, *each.lefts)
            }
    return found


def words_of(token: "Token") -> list["Token"]:
    """The tokens that name a participant: its noun phrase without clauses and asides."""
    tokens = subtree(token, without=frozenset({"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "parataxis"}))
    kept = [each for each in tokens if each.i == token.i or not _leaves_phrase(each, token)]
    return _past_times(_unbroken(kept, token), token)


def _past_times(tokens: list["Token"], head: "Token") -> list["Token"]:
    """Without a phrase of time, or a verb misread as a modifier, in front of the name."""
    for index, each in enumerate(tokens):
        foreign = (
            each.ent_type_ in {"DATE", "TIME"} or each.lower_ == "today" or (each.tag_ == "VBD" and each.i < head.i)
        )
        if foreign and each.i < head.i:
            return _past_times(tokens[index + 1 :], head)
    return tokens


def _leaves_phrase(each: "Token", head: "Token") -> bool:
    """Prepositional tails say where and when, but 'of' and numbers belong to the name."""
    branch = each
    while branch.head.i not in (head.i, branch.i):
        branch = branch.head
    return branch.dep_ == "prep" and branch.lower_ != "of"


def _unbroken(tokens: list["Token"], head: "Token") -> list["Token"]:
    position = next(index for index, each in enumerate(tokens) if each.i == head.i)
    first = last = position
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i - tokens[last].i <= 2:
        last += 1
    return tokens[first : last + 1]
