"""The verbs dictionary: synonym sets, blocks of verbs, and the patterns that every verb of a block shares.

    &PAYMENT
    +MONEY
    +GOLD COINS

    --- GIVE [070] ---
    GIVE {GAVE GIVEN}
    +HAND_OVER
    - * &PAYMENT TO + [071]

`*` is the verb, `$` the source, `+` the target, `^` a noun phrase to pass over, `%` a compound; an underscore glues
its neighbours, a space lets other words stand between. The brackets by which PETRARCH 2 tells noun phrases {A B} and
prepositional ones (OF A) are read as the words in them, in their order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.errors import Problem
from truceline.vocab.dictionaries.forms import regular_forms
from truceline.vocab.dictionaries.lines import CONTROLS, Line, flaw, without_flawed
from truceline.vocab.dictionaries.records import NO_CODE, Element, EventCode, Pattern, Slot, Verb
from truceline.vocab.dictionaries.synsets import Synsets
from truceline.vocab.dictionaries.words import words_of

VERB_SIGNS = ("*", "**")
_UNSUPPORTED = re.compile(r"[=|!~]")
_PHRASES = str.maketrans("(){}", "    ")
_BRACES = re.compile(r"\{([^}]*)\}")
_PIECES = re.compile(r"[^\s_]+|_|\s+")


@dataclass(slots=True)
class _Block:
    """Verbs that share patterns, while their lines are read."""

    code: EventCode | None = None
    verbs: list[tuple[str, Verb]] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)

    def closed(self) -> Iterator[tuple[str, Verb]]:
        ranked = tuple(sorted(self.patterns, key=len, reverse=True))
        for form, verb in self.verbs:
            yield form, Verb(before=verb.before, after=verb.after, code=verb.code, patterns=ranked, where=verb.where)


def parse_verbs(lines: Sequence[Line], problems: list[Problem]) -> Iterator[tuple[str, Verb]]:
    """Every form of every verb with its patterns, longest first; what cannot be read is told and left out."""
    synsets = Synsets.read(lines)
    block, in_set = _Block(), False
    for line in without_flawed(lines, problems):
        text = line.text.strip()
        if text.startswith("&"):
            in_set = True
        elif text.startswith("---"):
            yield from block.closed()
            block, in_set = _Block(code=_code(line, problems)), False
        elif re.match(r"-\s", text):
            in_set = False
            block.patterns.extend(_pattern(line, synsets, problems))
        elif not (in_set and text.startswith("+")):
            if block.patterns:
                yield from block.closed()
                block = _Block()
            in_set = False
            block.verbs.extend(_verbs(line, block.code, problems))
    yield from block.closed()
    problems.extend(synsets.problems)


def parse_event_code(text: str) -> EventCode | None:
    """`064`, or `032:033` with what is said of the way back; None for the code that tells nothing.

    A question mark, by which an author marks a doubtful code, is no part of it.
    """
    code, paired, back = text.strip().rstrip("?").partition(":")
    if code in {NO_CODE, "", *CONTROLS}:
        return None
    return EventCode(code=code, back=back if paired and back != NO_CODE else None)


def _code(line: Line, problems: list[Problem]) -> EventCode | None:
    if not line.codes:
        return None
    _tell_controls(line, problems)
    return parse_event_code(line.codes[0])


def _tell_controls(line: Line, problems: list[Problem]) -> bool:
    used = [code for code in line.codes if code in CONTROLS]
    if used:
        problems.append(flaw(line, "control", f"[{used[0]}] is an order to TABARI, not a code; it is not followed"))
    return bool(used)


def _verbs(line: Line, block_code: EventCode | None, problems: list[Problem]) -> Iterator[tuple[str, Verb]]:
    """The forms of a line's verb. Without a + to mark it the verb is the first word."""
    code = _code(line, problems) if line.codes else block_code
    if not words_of(line.phrase.replace("+", " ")):
        problems.append(flaw(line, "verb", f"no verb in '{line.text.strip()}'; the line is left out"))
        return
    given = _BRACES.search(line.text)
    seen: set[str] = set()
    for written in (line.phrase, *(given[1].split() if given else ())):
        before, verb, after = parse_phrasal(written)
        for form in regular_forms(verb) if written == line.phrase else (verb,):
            if form not in seen:
                seen.add(form)
                yield form, Verb(before=before, after=after, code=code, where=line.where)


def parse_phrasal(written: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Words before the verb (nearest first), the verb, words after: "WIRE_+TAP", "+BREAK_DOWN", "LASH OUT"."""
    head, marked, tail = written.partition("+")
    if not marked:
        head, tail = "", written
    verb, *after = words_of(tail) or ("",)
    return tuple(reversed(words_of(head))), verb, tuple(after)


def _pattern(line: Line, synsets: Synsets, problems: list[Problem]) -> Iterator[Pattern]:
    if _tell_controls(line, problems):
        return
    body = line.text.strip()[1:].partition("[")[0].strip()
    if not line.codes:
        problems.append(flaw(line, "pattern", f"pattern '{body}' has no code; end it with [CODE], or [---] for none"))
        return
    if _UNSUPPORTED.search(body):
        problems.append(flaw(line, "pattern", f"pattern '{body}' uses signs that are not understood; it is left out"))
        return
    try:
        before, after = parse_steps(body, synsets.phrases)
    except ValueError as error:
        problems.append(flaw(line, "pattern", f"pattern '{body}': {error}; it is left out"))
        return
    yield Pattern(before=before, after=after, code=parse_event_code(line.codes[0]), where=line.where)


def parse_steps(
    body: str, synsets: Mapping[str, Sequence[tuple[str, ...]]]
) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """Steps before the verb, nearest first, and after it. Raises ValueError where there is no one verb, or no set."""
    steps = list(_linked(body.translate(_PHRASES)))
    at = [index for index, (sign, _) in enumerate(steps) if sign in VERB_SIGNS]
    if len(at) != 1:
        raise ValueError("it needs one * where the verb stands")
    (verb,) = at
    # A link joins a step to the one on its left; before the verb the joined neighbour is the one on the right.
    before = [(sign, steps[index + 1][1]) for index, (sign, _) in reversed(list(enumerate(steps[:verb])))]
    return tuple(_elements(before, synsets, reverse=True)), tuple(_elements(steps[verb + 1 :], synsets))


def _linked(body: str) -> Iterator[tuple[str, bool]]:
    """Each step with whether an underscore joins it to the one before."""
    joint = ""
    for piece in _PIECES.findall(body):
        if piece == "_" or piece.isspace():
            joint += piece
        else:
            yield piece, joint == "_"
            joint = ""


def _elements(
    steps: Iterable[tuple[str, bool]], synsets: Mapping[str, Sequence[tuple[str, ...]]], *, reverse: bool = False
) -> Iterator[Element]:
    slots = {slot.value: slot for slot in Slot}
    for sign, glued in steps:
        if sign in slots:
            yield Element(slot=slots[sign], glued=glued)
        elif sign.startswith("&"):
            if sign[1:] not in synsets:
                raise ValueError(f"the synonym set {sign} is not defined")
            yield Element(slot=Slot.WORDS, glued=glued, choices=tuple(synsets[sign[1:]]))
        else:
            words = words_of(sign)
            for number, word in enumerate(reversed(words) if reverse else words):
                yield Element(slot=Slot.WORDS, glued=glued or number > 0, choices=((word,),))
