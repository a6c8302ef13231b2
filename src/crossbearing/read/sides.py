"""Where one sentence tells of two deeds, which of its words are whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crossbearing.model.mention import Role, RoleName
from crossbearing.model.text import Span
from crossbearing.read.beside import AT, SPOT, as_mention, before_of
from crossbearing.read.chunks import Chunk, Chunked
from crossbearing.read.folding import Draft
from crossbearing.read.forms import HARM
from crossbearing.read.harm.words import Casualty
from crossbearing.read.lexicon import lexicon
from crossbearing.read.triggers import Found
from crossbearing.words.time_forms import Shift, Unit


def by_days(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> Iterator[tuple[list[Found], list[Casualty], Span | None]]:
    """The words for violence and the casualties of each day, and the words that tell of it: "killed six, a day after soldiers
    raided the camp" is of two. What a noun tells of is one with a death before it, unless both have dead or hurt of their own."""
    if (stop := two_deeds(cut, found, hurt)) is not None:
        lag = at = stop
    elif (named := _other_day(cut, found)) is not None:
        lag = at = named.span.start
    else:
        told_then = (c for c in cut.chunks if c.kind == "time" and cut.tokens[c.first].text[0].islower())
        lags = (c for c in told_then if cut.tokens[c.last - 1].low in ("after", "before"))
        apart = next(filter(_of_days, lags), None)
        lag, at = (apart.span.start, apart.span.end) if apart else (cut.span.end, cut.span.end)
    behind = [f for f in found if cut.tokens[f.first].start >= at]
    their = [h for h in hurt if h.figure.span.start >= at]
    two = stop is not None or named is not None or not any(f.noun for f in behind) or 0 < len(their) < len(hurt)
    if behind and behind != found and two:
        yield [f for f in found if f not in behind], [h for h in hurt if h not in their], Span(cut.span.start, lag)
        yield behind, their, Span(lag, cut.span.end)
    else:
        yield found, hurt if stop is None else [h for h in hurt if h not in their], None


def two_deeds(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> int | None:
    """Where a semicolon stands between two deeds, each with words of its own for what was done and for whom or where: "A missile
    hurt two in X; in Y a strike killed three"; so does "and" before a day of its own: "In May a bomb ..., and in June"."""
    if (since := _since_the_last(cut, found, hurt)) is not None:
        return since
    told = {cut.tokens[f.first].start for f in found if f.trigger.cls not in (*HARM, "blame")}
    told |= {c.span.start for c in cut.chunks if c.kind == "weapon"}
    held = {h.figure.span.start for h in hurt} | {c.span.start for c in cut.chunks if c.named and c.kind in SPOT}
    words = {cut.tokens[f.first].start for f in found}
    days = {c.span.start for c in cut.chunks if c.kind == "time" and c.time is not None and c.time.has_day}
    for k, token in enumerate(cut.tokens):
        said = (words, told, held) if token.text == ";" else (words, told, held, days) if _and_then(cut, k) else ()
        if said and all({at > token.start for at in ats} == {False, True} for ats in said) and _has_its_own(cut, token.start):
            return token.start
    return None


def _has_its_own(cut: Chunked, at: int) -> bool:
    """Whether the words behind say where or when, by whom or with what: "...; at least five people were shot dead" do not."""
    behind = [c for c in cut.chunks if c.span.start > at]
    armed = any(c.kind == "weapon" and lexicon().weapons.get(c.head) not in (None, "arms") for c in behind)
    return armed or any((c.named and c.kind in SPOT) or c.kind in ("time", "actor", "group", "state") for c in behind)


def _since_the_last(cut: Chunked, found: list[Found], hurt: list[Casualty]) -> int | None:
    """Where "since" stands in "the deadliest attack since the bombing of X in 2013, in which 22 died": what is told behind, and
    its dead, are of another deed."""
    words = [t.text for t in cut.tokens]
    if "since" not in words or _MOST.isdisjoint(words):
        return None
    most = min(k for k, word in enumerate(words) if word in _MOST)
    k = next((k for k in range(most, min(most + _REACH_BACK, len(words))) if words[k] == "since"), None)
    if k is None or not any(f.first < k for f in found):
        return None
    at = cut.tokens[k].start
    told = any(f.first > k for f in found) or any(h.figure.span.start > at for h in hurt)
    return at if told else None


_MOST = frozenset("deadliest bloodiest worst biggest largest heaviest gravest fiercest first".split())
_REACH_BACK = 14


def _and_then(cut: Chunked, k: int) -> bool:
    """Whether a comma, "and" and a time stand here: "..., and in 2010 a parcel bomb killed X"."""
    if cut.tokens[k].text != "," or k + 1 == len(cut.tokens) or cut.tokens[k + 1].low not in ("and", "but", "while"):
        return False
    return any(c.kind == "time" and k < c.first <= k + 3 for c in cut.chunks)


def _other_day(cut: Chunked, found: list[Found]) -> Chunk | None:
    """The time of a deed that is only named beside another: "struck camps of those linked to last month's massacre"; not of
    "shelled the town in Monday's attack"."""
    for chunk in cut.chunks:
        if chunk.kind != "time" or not chunk.first or cut.tokens[chunk.first - 1].low not in _BESIDE:
            continue
        noun = next((f for f in found if f.noun and chunk.last <= f.first <= chunk.last + 4), None)
        owned = cut.tokens[chunk.last - 1].low.endswith(("'s", "’s")) or (
            chunk.last < len(cut.tokens) and cut.tokens[chunk.last].low in ("'s", "’s", "'", "’")
        )
        done = any(f.last <= chunk.first and not f.noun and f.trigger.cls not in ("blame", "claimed", *HARM) for f in found)
        if noun is not None and owned and done:
            return chunk
    return None


_BESIDE = frozenset(("to", "for", "of", "behind", "over", "after", "following", "since", "about"))


def _of_days(chunk: Chunk) -> bool:
    """Whether a time counts days, or what is longer, and not hours."""
    return chunk.time is not None and isinstance(chunk.time.form, Shift) and chunk.time.form.unit in _LONG


_LONG = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)


def of_side(cut: Chunked, draft: Draft, side: Span) -> Draft:
    """A happening with the times of its own side alone, "a day after" among them, and with its own places; what lies behind has
    the others', where it has none."""
    happening = draft.happening
    placed = side.start == cut.span.start or any(side.holds(m.span) for m in happening.role(RoleName.PLACE))
    # "And in April a captain died when bullets hit her car near X."
    named = (
        [] if placed else [c for c in cut.chunks if c.named and c.kind in SPOT and side.holds(c.span) and before_of(cut, c) in AT]
    )
    own = (RoleName.TIME, RoleName.PLACE, RoleName.TARGET, RoleName.MEANS) if placed or named else (RoleName.TIME,)
    lag = [Role(RoleName.TIME, as_mention(c)) for c in cut.chunks if c.kind == "time" and c.span.start == side.start]
    lag += [Role(RoleName.PLACE, as_mention(c)) for c in named]
    kept = [r for r in happening.roles if side.holds(r.mention.span) or r.name not in own]
    return replace(draft, happening=replace(happening, roles=tuple(dict.fromkeys((*lag, *kept)))))
