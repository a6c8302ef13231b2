"""Places that a telling names and that are not where it happened: where somebody spoke, where somebody is from, where the dead
were counted.

"In Ankara, the minister said that shells had hit X" is of X; "the man, who grew up in X, stabbed five people" is of no place that
these words name. A place of the first sort still says where, if no other does: a capital's papers tell of what is next door too.
Of words that only refer to a deed ("the alleged attack") it says nothing: that was told elsewhere. Nor do the countries that have
a part in what is said of it: "an account backed by X and Y", "the council, of which X and Y are members".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crossbearing.model.mention import Happening, Mention
from crossbearing.model.text import Document, Span
from crossbearing.resolve.place import toponym
from crossbearing.resolve.place.country_words import countries_in, country_of
from crossbearing.words.datelines import dateline

_SAID = (
    r"(?:said|says|say|told|announced|reported|confirmed|denied|accused|blamed|claimed|warned|declared|condemned|stated|added|"
    r"acknowledged|admitted|alleged|called|urged|demanded|denounced|voiced|expressed|promised|vowed)"
)
# "From X, a spokesman said", "In X, the minister, a doctor, told state radio that".
_SPOKEN_FROM = re.compile(r"(?:^|[-–—:] )(?:In|At|From|Back in|Speaking (?:in|at|from)) (?:the )?$")
_SAID_AFTER = re.compile(rf", (?:[^,;.]+, )?(?:[^\s,;.]+ ){{1,8}}?{_SAID}\b")
# Whose words they are who are so called: "the papers of X".
_MEDIA = re.compile(r"\b(?:newspapers?|papers|press|media|broadcasters?) (?:of|in|from) $")
_LIFE = re.compile(
    r"\b(?:born|raised|bred|educated|schooled|gr[eo]wn? up|stud(?:ied|ying)|graduated|natives? of|(?:[a-z]+ )?originally) ?"
    r"(?:(?:and|mostly|partly|in|at|near|outside|from|a|the|small|town|village|suburb|law|medicine|of) )*$"
)
# "A student who lived in X was", "a dealer who had fled to X was": nobody was there when it happened, or nobody says so.
_IS_IN = re.compile(r"\bwho (?:is|are) (?:(?:now|currently|hiding|exiled|living|based|held|jailed) )*(?:in|at) (?:the )?$")
_LIVED = re.compile(
    r"\bwho (?:(?:now|once|had|has|was) )*(?:liv(?:es|ed|ing)|work(?:s|ed)|trained|served|fled|moved|resid(?:es|ed|ing)) "
    r"(?:[\w’'-]+ ){0,3}?(?:in|at|to|near) (?:the )?$"
)
_GOES_ON = re.compile(r"(?: [\w’'-]+){0,3},? (?:was|were|has|have|had|is|are|opened|shot|stabbed|killed|blew)\b")
# ", who grew up and went to school in": up to the name, without a comma.
_RELATIVE = re.compile(r", (?:who|whose)\b(?P<told>[^,;]*)$")
_UNDER_WAY = re.compile(r"\b(?:was|were|had been|is|are) (?:(?:in|at|on)\b|\w+ing\b)")
_CLOSED = re.compile(r"[^,;.]*,")
_COUNTS = re.compile(
    r"(?: hospital| medical cent(?:re|er))?(?: in [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)? (?:said (?:it|they) (?:had )?)?"
    r"(?:(?:also|has|have|had|was|were) ){0,2}(?:counted|receiv(?:ed|ing)|treat(?:ed|ing)|admitted|t(?:ook|aken) in|operated on) "
)
_HOUSE_OF_SICK = re.compile(r"\b(?:hospitals?|clinic|morgue|mortuary|surgeons?|doctors?|medics|nurses)\b", re.I)


# "Was on its way to X when a bomb hit it", "ambushed on the way to X": it never came there.
_ON_THE_WAY = re.compile(r"\b(?:on (?:its|their|his|her|the|a) way|en route) (?:back |home )?(?:to|towards?) (?:the )?$")
_BOUND_FOR = re.compile(
    r"\b(?:bound|head(?:ed|ing)|travell?ing|driving|moving|returning) (?:back |home )?(?:to|for|towards?) (?:the )?$"
)
_WHEN = re.compile(r"(?:,? [\w’'-]+){0,4},? (?:when|as)\b")
# "Flown to X", "treated in X", "died of his wounds in the hospital of X": up to the name.
_SICK = r"(?:hospitals?|clinic|morgue|mortuary|medical cent(?:re|er))"
_BROUGHT = re.compile(
    r"\b(?:(?:flown|airlifted|evacuated|rushed|taken|transferred|transported|brought|carried|driven|referred|moved|sent) "
    r"(?:[\w’'-]+ ){0,2}?to|(?:treated|operated on|recovering|buried|on trial|tried) (?:in|at)|fled (?:[\w’'-]+ ){0,2}?to|"
    rf"(?:died|dies|succumbed|lies?|lying) (?:[\w’'-]+ ){{0,6}}?(?:in|at) (?:[\w’'-]+ ){{0,3}}?{_SICK}(?: (?:in|of|at))?) "
    rf"(?:(?:an?|the|general|main|military|district|regional|provincial|central|nearby|{_SICK}|town|city|of|in|near|at) )*$"
)


# "In a report issued in X", "told a news conference in X", "at talks in X".
_VENUE = re.compile(
    r"\b(?:talks|negotiations|briefing|conference|interview|summit|visit|trip|debate|hearing|session|speech|lecture|statement|"
    r"based|headquartered|liv(?:es|ing)|issued|released|published|presented|unveiled|met|meets?|meeting|speaking|spoke|gathered|gathering|rall(?:y|ied)|"
    r"march(?:ed)?|protest(?:ed|ers?)|demonstrat(?:ed|ors)|vigils?)(?: (?!in )[\w’'-]+){0,5}? (?:in|to|at|from) (?:the )?$"
)
_VERB = re.compile(
    rf"(?:\b{_SAID}|\b(?:is|are|was|were|has|have|had|will|would|must|should|may|might|came|when|after|before)\b|,)"
)
_REFERS = re.compile(r"(?:\b(?:the|this|these|those|its|their)|[’']s) (?:[\w-]+ ){0,3}$", re.I)

_VERBAL = re.compile(r"(?:\w+ed|struck|hit|fell|shot|fought|blew|overran|burnt)\b.*", re.I)


def without_asides(text: str, happening: Happening, named: Sequence[Mention]) -> tuple[Mention, ...]:
    """The places of a happening without those of something else; and without that from which it is told, if another is left, or
    if its words only refer to a deed."""
    there = tuple(m for m in named if not is_aside(text, happening, m.span))
    nearer = tuple(m for m in there if not is_told_from(text, happening.sentence, m.span))
    if there and refers(text, happening):
        return tuple(m for m in nearer if not is_venue(text, happening, m.span))
    return nearer or there


def refers(text: str, happening: Happening) -> bool:
    """Whether the words for a deed are those for one that is known: "the alleged attack"."""
    start = happening.trigger.start
    if _VERBAL.fullmatch(happening.trigger.of(text)):
        return False
    return _REFERS.search(text, max(happening.sentence.start, start - 40), start) is not None


def is_venue(text: str, happening: Happening, name: Span) -> bool:
    """Whether people met or spoke in a place, or a paper came out there, where they spoke of a deed: "the attack was a crime, she
    told a news conference in X", and not "the attack on the conference in X"."""
    before = text[happening.sentence.start : name.start]
    if toponym.ASIDE.search(before):
        return True
    met = _VENUE.search(before)
    trigger = happening.trigger
    return met is not None and (name.end <= trigger.start or _VERB.search(text, trigger.end, name.start) is not None)


def is_a_party(text: str, sentence: Span, name: Span) -> bool:
    """Whether a country is named as one of those who do something: "backed by X", "X and Y are members". The words before the
    first of several say of all of them whether something was there."""
    if not country_of(name.of(text)):
        return False
    start, several = name.start, False
    while (joined := _JOINED.search(text, max(sentence.start, start - 16), start)) is not None:
        first = next((c for c, _, adjective in countries_in(text, max(sentence.start, start - 60), joined.start())
                      if c.end == joined.start() and not adjective), None)  # fmt: skip
        if first is None:
            break
        start, several = first.start, True
    before = text[max(sentence.start, start - 60) : start]
    return _THERE.search(before) is None if several else _BY_WHOM.search(before) is not None


_JOINED = re.compile(r"(?:, |,? (?:and|or|as well as) (?:the )?)$")
_THERE = re.compile(
    r"(?:\b(?:in|at|near|inside|outside|into|across|over|around|throughout|within|off|on|against|through|between|along|to|"
    r"bordering|(?:areas?|parts?|swathes?|regions?|borders?|frontiers?|territory|invasions?|bombings?|shelling) of|"
    r"[a-z]*(?:ern|north|south|east|west)|"
    r"attack(?:s|ed|ing)?|hit|struck|targeting|bomb(?:ed|ing)|shell(?:ed|ing)|invad(?:ed|ing)|rocked) "
    r"(?:the |both |all |neighbou?ring |nearby |parts of ){0,2}|[A-Z][\w’'-]+, )$"
)
_BY_WHOM = re.compile(r"\b(?:by|with|than|like|as|whose|of which) (?:the )?$")


def is_aside(text: str, happening: Happening, name: Span) -> bool:
    """Whether words place something else by a name than the deed that is told: somebody's life, a paper."""
    if is_of_a_life(text, happening.sentence, name):
        return True
    if happening.sub_event_type != "Agreement" and is_a_party(text, happening.sentence, name):
        return True
    before = text[happening.sentence.start : name.start]
    behind = happening.trigger.start >= name.end
    if _ON_THE_WAY.search(before) or (behind and _BOUND_FOR.search(before) and _WHEN.match(text, name.end)):
        return True
    lived = behind and _LIVED.search(before) and _GOES_ON.match(text, name.end)
    return bool(lived) or (behind and _of_a_clause(text, happening, before, name))


def is_elsewhere(text: str, sentence: Span, name: Span) -> bool:
    """Whether words that tell of no deed place nothing by a name that a deed could be near: "flown to X", "born in X"."""
    looked_on = toponym.ASIDE.search(text[sentence.start : name.start]) is not None
    return looked_on or is_of_a_life(text, sentence, name) or is_of_the_hurt(text, sentence, name)


def is_of_the_hurt(text: str, sentence: Span, name: Span) -> bool:
    """Whether the hurt or the dead were brought there, or a hospital is named by it, or bears the name, that counts them."""
    if _BROUGHT.search(text[sentence.start : name.start]):
        return True
    sick = _HOUSE_OF_SICK.search(text, max(sentence.start, name.start - 40), name.end)
    return sick is not None and _COUNTS.match(text, name.end, sentence.end) is not None


def is_of_a_life(text: str, sentence: Span, name: Span) -> bool:
    """Whether somebody was born or schooled in a place, or papers appear there."""
    before = text[sentence.start : name.start]
    return any(words.search(before) for words in (_MEDIA, _LIFE, _IS_IN))


def _of_a_clause(text: str, happening: Happening, before: str, name: Span) -> bool:
    """Whether a clause about somebody names it, which is over before the deed is told: "the general, who led a brigade in X, was
    shot". What was going on then says where they were: "who were fishing off X"."""
    clause = _RELATIVE.search(before)
    closed = _CLOSED.match(text, name.end, happening.sentence.end)
    if clause is None or closed is None or closed.end() > happening.trigger.start:
        return False
    return _UNDER_WAY.search(clause["told"]) is None


def is_told_from(text: str, sentence: Span, name: Span) -> bool:
    """Whether the sentence opens with where it is told: "In X, a spokesman said that"."""
    lead = _SPOKEN_FROM.search(text[sentence.start : name.start])
    return lead is not None and _SAID_AFTER.match(text, name.end, sentence.end) is not None


def datelines(document: Document) -> Iterator[Span]:
    """The towns with which lines of the article open as datelines do."""
    for run in document.article():
        for line in re.finditer(r"[^\n]+", run.of(document.text)):
            at = run.start + line.start() + len(line.group()) - len(line.group().lstrip())
            if glued := _GLUED.search(document.text, at, at + _HEAD):
                at = glued.end()  # a headline has run into it: "two deadKADUNA, Nigeria (AB) - "
            if found := dateline(document.text[at : at + _HEAD]):
                yield Span(at + found.town[0], at + found.town[1])


_HEAD = 200
_GLUED = re.compile(r"[a-z](?=[A-Z]{4}[^\n–—]{0,60}(?:[–—]|\) ?-) )")


def bears_a_name(text: str, name: Span) -> bool:
    """Whether a name is that of a street or a house, which may be called after any town: "the X memorial hospital"."""
    words = name.of(text)
    return toponym.is_street(words) or bool(_HOUSE_ENDS.search(words) or _HOUSE.match(text, name.end))


_KINDS_OF_HOUSE = (
    r"(?:schools?|college|academy|university|hospital|clinic|street|avenue|boulevard|square|lane|bridge|barracks|stadium|"
    r"theat(?:re|er)|hotel|market|bakery|mall|house|park|prison|jail|church|mosque|cathedral|restaurant|caf[eé]|cinema|tower)"
)
_HOUSE_ENDS = re.compile(rf"(?:\s{_KINDS_OF_HOUSE}|\sRoad)$", re.I)
_HOUSE = re.compile(
    r" (?:(?:municipal|memorial|primary|secondary|high|middle|elementary|general|public|state|central|district|teaching|"
    rf"university|maternity|girls['’]|boys['’]|football|shopping|park) ){{0,2}}{_KINDS_OF_HOUSE}\b",
    re.I,
)
