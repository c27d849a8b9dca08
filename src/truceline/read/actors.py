"""Who a text means: names and aliases found in it, and participants' words resolved against the registry.

An actor is given only where the words support one; otherwise `None` with the reason, and the words stay as worded.
What one side calls its enemy ('terrorists', 'rebels') is never a name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

from truceline.kit.fold import fold_name
from truceline.model.actor import Actor, ActorKind
from truceline.model.span import Span
from truceline.read.actors_names import Alias, Names, first_key, fits, holds, key_of, only_bearer
from truceline.read.actors_tables import (
    called_by_office,
    holders,
    is_known_on,
    nations,
    office_words,
    offices_meant,
    organ_nouns,
    words_of,
)
from truceline.read.actors_words import ActorGuess, ActorHit, head_of, is_definite, strip_words
from truceline.read.places_words import Shape, Word, is_sentence_start
from truceline.read.places_words import words_of as words_in
from truceline.vocab.actors import toml_table

__all__ = ["ActorGuess", "ActorHit", "ActorIndex"]

REMEMBERED = 20_000  # answers kept: the same words come again and again
SPELLED = frozenset({Shape.TITLE, Shape.NUMBER})  # of a word that may begin a name in another spelling


class ActorIndex:
    """The registry in force, ready to be asked."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self._names = Names()
        self._by_words = lru_cache(maxsize=REMEMBERED)(self._find_by_words)
        for actor in self.actors.values():
            self._names.file(actor)

    @cached_property
    def acronyms(self) -> Mapping[str, str]:
        """Acronym → the actor that the registry takes it for, where it is one actor's alone."""
        bearers: dict[str, set[str]] = {}
        for each in (each for listed in self._names.by_key.values() for each in listed if each.acronym):
            bearers.setdefault(each.text, set()).add(each.actor.id)
        return {acronym: next(iter(ids)) for acronym, ids in bearers.items() if len(ids) == 1}

    def find_actors(self, text: str, *, on: date | None = None) -> Iterator[ActorHit]:
        """Every name of an actor in `text`, the longest at each place; offices only in the days they were held."""
        words = words_in(text)
        introduced = self._names.introduced(words)
        index = 0
        begins = self._names.longest
        while index < len(words):
            begun = first_key(words[index]) in begins
            found = self._longest_at(words, index, on, introduced) if begun else None
            if found is None and words[index].shape in SPELLED:
                found = self._names.spelled(words, index)
            if found is None:
                index += 1
                continue
            count, alias = found
            span = Span(words[index].start, _end(text, words, index + count - 1))
            yield ActorHit(
                span=span,
                actor_id=alias.actor.id,
                alias=alias.text,
                is_country=alias.bare,
                is_seat=alias.seat,
                is_generic=alias.generic,
            )
            index += count

    def _longest_at(
        self, words: Sequence[Word], index: int, on: date | None, introduced: frozenset[str]
    ) -> tuple[int, Alias] | None:
        for size, filed in self._names.exact(words, index):
            chosen = words[index : index + size]
            fitting = [each for each in filed if fits(each, chosen, introduced)]
            holding = [each for each in fitting if holds(each, on)]
            alone = only_bearer(holding, on)
            if alone is not None and not _is_anothers(alone, words, index):
                return size, alone
        return None

    def is_name(self, key: str) -> bool:
        """Whether a folded word is by itself somebody's name ('Kremlin')."""
        return key in self._names.by_key

    def named(self, words: str, on: date | None) -> str | None:
        """The one actor whose name these words are."""
        guess = self._by_name(words, fold_name(words).split(), on)
        return None if guess is None else guess.actor

    def resolve(
        self,
        words: str,
        *,
        on: date | None = None,
        document_hits: Sequence[ActorHit] = (),
        shorts: Mapping[str, str] | None = None,
        before: int | None = None,
    ) -> ActorGuess:
        """Who a participant's words mean.

        `document_hits` are the names found in the document in order, `shorts` whom its acronyms stand for, `before`
        the place of the words: only what was named earlier can be pointed back to.
        """
        stripped = strip_words(words)
        folded = fold_name(stripped).split()
        if not folded:
            return ActorGuess(actor=None, reason="no words")
        return (
            self._by_short(stripped, shorts)
            or self._by_words(stripped, on)
            or (self._by_description(folded, document_hits, before) if is_definite(words) else None)
            or ActorGuess(actor=None, reason="no name that the registry knows")
        )

    def _find_by_words(self, stripped: str, on: date | None) -> ActorGuess | None:
        """What the words mean by themselves, in any document."""
        folded = fold_name(stripped).split()
        return (
            self._by_name(stripped, folded, on)
            or self._by_label(folded)
            or self._by_nationality(head_of(folded), on)
            or self._by_part(stripped, on)
        )

    def _by_short(self, words: str, shorts: Mapping[str, str] | None) -> ActorGuess | None:
        known = (shorts or {}).get(words)
        return None if known is None else ActorGuess(actor=known, reason="acronym introduced in the document")

    def _by_name(self, words: str, folded: list[str], on: date | None) -> ActorGuess | None:
        filed = [each for each in self._names.by_key.get(key_of(folded), []) if not each.shy]
        fitting = [each for each in filed if not each.acronym or words.replace(".", "").isupper()]
        holding = [each for each in fitting if holds(each, on)]
        if not fitting:
            return None
        if not holding:
            return (
                None
                if self._is_office(folded)
                else ActorGuess(actor=None, reason="office not held on that day", runners_up=_ids(fitting))
            )
        alone = only_bearer(holding, on)
        if alone is None:
            return ActorGuess(actor=None, reason="several actors of that name", runners_up=_ids(holding))
        return ActorGuess(actor=alone.actor.id, reason="named")

    def _is_office(self, folded: list[str]) -> bool:
        return any(" ".join(folded[:size]) in nations() for size in (1, 2))

    def _by_label(self, folded: list[str]) -> ActorGuess | None:
        head = head_of(folded)
        phrase = " ".join(head)
        tail = next((label for label in words_of("labels") if phrase == label or phrase.endswith(f" {label}")), None)
        if tail is None:
            return None
        rest = head[: len(head) - tail.count(" ") - 1]
        named = tuple(dict.fromkeys(self._named_in(rest)))
        if not named:
            return ActorGuess(actor=None, reason="label, as worded")
        if "and" in rest:
            return ActorGuess(actor=None, reason="a name and a label", runners_up=named)
        return None  # "Nusra militants": the name decides, below

    def _named_in(self, folded: list[str]) -> Iterator[str]:
        for at in range(len(folded)):
            for end in range(at + 1, len(folded) + 1):
                filed = self._names.by_key.get(key_of(folded[at:end]), ())
                yield from (each.actor.id for each in filed if not each.shy)

    def _by_nationality(self, folded: list[str], on: date | None) -> ActorGuess | None:
        for at, size in ((at, size) for at in range(len(folded)) for size in (2, 1)):
            prefix = nations().get(" ".join(folded[at : at + size]))
            if prefix is not None:
                return self._by_noun(prefix, folded[at + size :], on)
        return None

    def _by_noun(self, prefix: str, rest: list[str], on: date | None) -> ActorGuess:
        for size in range(len(rest), 0, -1):
            for at in range(len(rest) - size + 1):
                words = " ".join(rest[at : at + size])
                if words in office_words():
                    return self.holder(prefix, words, on) or ActorGuess(
                        actor=None, reason="an office whose holder the registry does not know"
                    )
                if not set(rest[:at]) <= words_of("neutral"):
                    continue  # 'Syrian opposition forces' are not the forces of the state
                organ = self.organ(prefix, words)
                if organ is not None:
                    return ActorGuess(actor=organ, reason="nationality and noun")
        if not rest:
            return ActorGuess(actor=None, reason="a people, not an actor", runners_up=(f"{prefix}.gov",))
        return ActorGuess(actor=None, reason="a nationality with a noun that names no actor")

    def organ(self, prefix: str, words: str) -> str | None:
        """A state's organ that a folded noun points to: the narrowest that the registry tells apart."""
        for ending in organ_nouns().get(words, ()):
            if f"{prefix}{ending}" in self.actors:
                return f"{prefix}{ending}"
        return None

    def holder(self, prefix: str, words: str, on: date | None) -> ActorGuess | None:
        """Who held an office of a state or body on a day, else the office; None where the words name none of its."""
        held = list(holders(prefix, words, on))
        now = tuple(
            dict.fromkeys(each.holder for each in held if on is None or is_known_on(each.office, each.period, on))
        )
        if len(now) == 1 and now[0] in self.actors:
            return ActorGuess(actor=now[0], reason="held the office on that day")
        known = now or tuple(dict.fromkeys(each.holder for each in held))
        for office in offices_meant(prefix, words, on):
            if office in self.actors and self.actors[office].kind is ActorKind.ROLE:
                return ActorGuess(actor=office, reason="the office: who held it is not known", runners_up=known)
        if not held:
            return None
        reason = "office not held on that day" if on is not None and not now else "several held the office"
        return ActorGuess(actor=None, reason=reason, runners_up=known)

    def _by_part(self, words: str, on: date | None) -> ActorGuess | None:
        hits = [hit for hit in self.find_actors(words, on=on) if not hit.is_seat]
        ids = tuple(dict.fromkeys(hit.actor_id for hit in hits if not hit.is_country))
        if len(ids) > 1:
            return ActorGuess(actor=None, reason="several actors named", runners_up=ids)
        if ids:
            return ActorGuess(actor=ids[0], reason="named within the words")
        countries = tuple(dict.fromkeys(hit.actor_id for hit in hits))
        return ActorGuess(actor=None, reason="only a country named", runners_up=countries) if countries else None

    def _by_description(self, folded: list[str], hits: Sequence[ActorHit], before: int | None) -> ActorGuess | None:
        if folded[-1] not in toml_table("nouns.toml")["described"] or len(folded) > 2:
            return None
        for hit in reversed(hits):
            early = before is None or hit.span.end <= before
            if early and self.fits_description(hit.actor_id, hit.alias, folded):
                return ActorGuess(actor=hit.actor_id, reason=f"'{folded[-1]}' points back to '{hit.alias}'")
        return ActorGuess(actor=None, reason="a description with nothing named before it")

    def fits_description(self, id: str, alias: str, folded: Sequence[str]) -> bool:
        """Whether an actor, as named, can be called by a noun: 'the centre', 'the rights group'."""
        form = toml_table("nouns.toml")["described"][folded[-1]]
        actor = self.actors[id]
        named = set(fold_name(alias).split()) | set(fold_name(actor.name).split())
        if len(folded) == 2 and folded[0] not in named | words_of("describing"):
            return False
        if not named.isdisjoint(form.get("words", ())) or folded[-1] in named:
            return True
        if actor.kind is ActorKind.PERSON:
            if folded[-1] in called_by_office().get(id, ()):
                return "person" in form.get("kinds", ())
            office = any(word in fold_name(each).split() for each in actor.aliases for word in form.get("words", ()))
            return "person" in form.get("kinds", ()) and office
        return ("words" not in form or form.get("either", False)) and actor.kind.value in form.get("kinds", ())


def _is_anothers(alias: Alias, words: Sequence[Word], index: int) -> bool:
    """'former Russian president', 'Iraqi government forces': the word before says that somebody else is meant."""
    if alias.office and index and words[index - 1].key in words_of("not_in_office"):
        return True
    return alias.generic and _is_owned(words, index)


def _is_owned(words: Sequence[Word], index: int) -> bool:
    """Whether a nation or another name stands right before: 'Iraqi government forces' are not 'government forces'."""
    if not index or words[index].gap not in (" ", "\u00a0"):
        return False
    before = words[index - 1]
    named = before.shape in (Shape.TITLE, Shape.UPPER) and not is_sentence_start(words, index - 1)
    return before.key in nations() or before.whole is not None or named


def _end(text: str, words: Sequence[Word], index: int) -> int:
    word = words[index]
    dotted = word.gap == "." and text[word.end : word.end + 1] == "."
    return word.end + int(dotted)


def _ids(aliases: Iterable[Alias]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.actor.id for each in aliases))
