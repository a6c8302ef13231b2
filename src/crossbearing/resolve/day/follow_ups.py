"""What came after a deed: the arrest, the trial, the vigil. The day of that is not the deed's.

"Was arrested on Thursday in the shooting of a clerk", "a vigil on Monday for the three shot dead", "the man who shot them was
convicted on Wednesday": the time is of what police, courts and mourners did, and says only that the deed was no later. Where a
report's news is of that sort, and nothing says when the deed was, it may lie years before.
"""

from __future__ import annotations

import re

from crossbearing.model.text import Span

_COURT = r"charged|indicted|arraigned|convicted|found guilty|sentenced|jailed|acquitted|extradited|arrested|detained"
_KNOWN = r"identified|named|released|freed"
_MOURNED = r"buried|cremated|laid to rest|mourned|remembered|commemorated|honou?red"
# What somebody did about a deed, before the words that say which: "went on trial on Wednesday for stabbing a teacher".
_DONE = re.compile(rf"\b(?:trial|court|pleaded|pled|{_COURT})\b", re.I)
_FOR = re.compile(r"\b(?:for|of|over|with|to|in|after|how|that|accused|suspected|charged)\b")
# "The coroner on Thursday identified the man killed in a shooting".
_DID = re.compile(rf",? (?:{_COURT}|{_KNOWN}|{_MOURNED}|marked)\b")
_SOUGHT = re.compile(r"\b(?:search\w*|hunt\w*|manhunt|investigat\w+|inquiry|probe)\b[^;:]{0,40}$", re.I)
_AFTER = re.compile(r"\b(?:after|following)\b")
_RITE = r"(?:vigil|funeral|burial|memorial|ceremony|service|tribute|anniversary|mass)s?(?: [\w-]+){0,2} (?:for|of|to)"
_RITE_OF = re.compile(rf"\b{_RITE}\b[^,;:]*$", re.I)
# What was said of a deed, or is to be: "called on Wednesday for an inquiry into the raid", "will meet on Friday to discuss".
_REACTED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|urge[sd]?|urging|meet(?:s|ing)?|met|demand(?:s|ed)?|appeal(?:s|ed)?|protest(?:s|ed)?|summon(?:s|ed)?|"
    r"debate[sd]?|vote[sd]?|discuss(?:es|ed)?|talks?|session|visit(?:s|ed)?|inspectors?|delegation|conven(?:e|es|ed)|spoke|speak|"
    r"press(?:es|ed)|ask(?:s|ed)|arrived?)\b[^;:]{0,50}$"
)
_ABOUT = re.compile(
    r"\b(?:for (?:an?|the) \w+|over|into|to (?:discuss|debate|examine|condemn|look|vote|respond|investigate|let|allow|stop)|"
    r"about|on the|in (?:response|reaction|protest)|that|against) "
)
_CONDEMNED = re.compile(
    r",? (?:\w+ly )?(?:condemn|denounc|deplor|decri|criticis|criticiz|accus|blam|investigat|regret|mourn|call)\w*\b"
)
# "Could respond to an attack", "an enquiry into": whatever stands before, it is of what is done about a deed.
_DONE_ABOUT = re.compile(
    r"\b(?:respon\w+ to|react\w* to|(?:inquiry|enquiry|investigation|probe|look|looking) into|discuss\w*|clarity on|"
    r"(?:accusation|allegation)s? (?:of|that)|(?:resolution|sanction)s?\b[^,;]* (?:on|over|about)) "
)
# "Told him in a call on Saturday", "in a statement late on Monday": when somebody spoke of it.
_SPOKE = re.compile(
    r"\b(?:in|during|at|by) an? (?:[\w-]+ ){0,2}?(?:call|conversation|interview|statement|letter|briefing|meeting|conference|"
    r"speech|address|tweet|post|message|session|hearing|report|visit|telephone|phone)\b"
    r"(?: [\w’'-]+){0,4}? (?:late |early )?(?:on )?$"
)
_HELD = re.compile(r"\b(?:took place|(?:was|were) held|began|gathered)\b[^,;:]{0,24}$")
# "The first suspect in the stabbing was arrested on 2 March".
_WAS = re.compile(
    rf"\b(?:(?:was|were|been) (?:\w+ly )?(?:{_COURT}|{_KNOWN}|{_MOURNED})|"
    r"(?:died|succumbed)(?: later)? (?:of|from|to) (?:his|her|their|the) (?:wounds|injuries))\b[^,;:]{0,40}$"
)
_NEWS = re.compile(
    r"\b(?:indict\w+|arraign\w*|sentenc\w+|convict\w+|plead(?:s|ed)?|pled|(?:not )?guilty|on trial|trial|extradited|acquitted|"
    r"grand jury|prosecutors?|prosecution|first hearing|court(?! ?house))\b",
    re.I,
)
_HEAD = re.compile(
    r"\b(?:(?:arrested|charged|held|jailed) (?:in|over)|pleads|guilty|indicted|sentenced|convicted|arraigned|"
    r"on trial|in court|(?:gets|given) (?:\w+ years|life)|"
    r"identif(?:y|ies) (?:the )?victims?|victims? (?:\w+ ){0,6}identified|mourns?|mourned|remembers?|"
    r"(?:vigil|funeral|memorial|tributes?)(?: \w+)? (?:for|to|of)|at (?:a )?vigil)\b",
    re.I,
)


def is_its_day(text: str, sentence: Span, words: Span, trigger: Span) -> bool:
    """Whether a time in a deed's sentence is that of what came after the deed."""
    before = text[sentence.start : words.start]
    if words.end <= trigger.start:
        between = text[words.end : trigger.start]
        sought = _SOUGHT.search(before) and _AFTER.search(between)
        tried = _DONE.search(before) and _FOR.search(between)
        told = _DONE_ABOUT.search(between) or (_REACTED.search(before) and _ABOUT.search(between))
        return bool(tried or sought or told or _CONDEMNED.match(between) or _DID.match(between) or _RITE_OF.search(between))
    between = text[trigger.end : words.start]
    held = _HELD.search(between) and _RITE_OF.search(text[sentence.start : trigger.start])
    spoke = _SPOKE.search(between)
    return bool(held or spoke or (" and " not in between and _WAS.search(between)))


def is_news_of_it(sentence: str) -> bool:
    """Whether a sentence tells what a court made of a deed."""
    return _NEWS.search(sentence) is not None


def heads_it(title: str) -> bool:
    """Whether a report's first line says that its news is what came after a deed: "Two charged in triple homicide"."""
    return _HEAD.search(title) is not None
