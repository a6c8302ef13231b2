"""The grammar of time expressions: which rows of words are one, written with the names of the words' classes.

A rule reads as the phrase that it finds; the function beside it makes the meaning. Nothing here looks at a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crossbearing.words import time_clocks as clocks
from crossbearing.words import time_counts as counts
from crossbearing.words import time_dates as dates
from crossbearing.words.time_forms import Made
from crossbearing.words.time_letters import CLASS_OF, FEASTS, LETTER, LETTER_OF, Groups

_ALIASES = {"IN": f"[{LETTER['INSIDE']}{LETTER['OVER']}]"}


def _compiled(rule: str) -> re.Pattern[str]:
    """A rule as a pattern over letters: capitals name classes, `name:(...)` a group, blanks mean nothing."""
    pattern = ""
    for m in re.finditer(r"(?P<group>[a-z]\w*:\()|(?P<name>[A-Z]+)|\s+|.", rule):
        if m["group"]:
            pattern += f"(?P<{m['group'][:-2]}>"
        elif m["name"]:
            pattern += _ALIASES.get(m["name"]) or re.escape(LETTER[m["name"]])
        else:
            pattern += m.group().strip()
    return re.compile(pattern)


_MONTHX = "(?:MONTH|MAY|ABBR DOT?)"
_DAYX = "(?:DAYNUM|ORDNUM)"
_NUMBER = "(?:A? VAGUE OF?|NUMWORD (?:DASH? NUMWORD)?|DAYNUM|DIGITS|YEAR|A)"
_SOME = f"(?:{_NUMBER} (?:(?:OR|TO) (?:NUMWORD|DAYNUM))?)"
_HALF = "half:(AND A HALF)"
_ABOUT = "(?:AT|about:(MORE) THAN)?"
_CLOCKX = "(?:CLOCK|DOTTED|DAYNUM)"
_ZONEX = "(?:COMMA? LP? (?:ZONE|LOCAL TIME) RP?)"
_NIGHT_OF = "nightof:(IN? THE? PARTDAY (?:OF|FROM|BETWEEN)|OVERNIGHT ON? FROM? BETWEEN?)"
_ON_DAY = "(?:WEEKDAY COMMA?)? THE?"
_EVE_OF = "ON THE eve:(FEAST) OF (?:THE OTHER{1,4} OF)?"
_NIGHT_TO = "(?:OVERNIGHT|(?:IN|ON)? THE part:(PARTDAY)) COMMA? TO"
# The classes of every named day's words, the longest first.
_FEASTX = "|".join(
    " ".join(classes)
    for classes in sorted({tuple(CLASS_OF[LETTER_OF[w]] for w in name.split()) for name in FEASTS}, key=len, reverse=True)
)


_PREFIX = """(?: early:(EARLY) DASH? IN? THE? | (?:THE|AT|IN|EARLY){0,4} edge:(EDGE) OF THE?
    | IN? THE? half:(ORDWORD) HALF OF THE? | IN? THE? nth:(ORDWORD|LAST) week:(UNIT) (?:OF|IN) THE? )"""

# Tried in this order at one place; the longest wins, and among equals the first.
_RULES: tuple[tuple[re.Pattern[str], Callable[[Groups], Made | None]], ...] = tuple(
    (_compiled(rule), builder)
    for rule, builder in (
        (f"month:({_MONTHX}) THE? day:({_DAYX}) (?!DASH? UNIT|DASH ORDNUM) (?:(?:COMMA|OF|IN)? year:(YEAR))?", dates.day_date),
        (f"month:({_MONTHX}) COMMA THE? day:({_DAYX}) (?:COMMA|OF|IN)? year:(YEAR)", dates.day_date),
        (
            f"""(?:BETWEEN|FROM|{_NIGHT_OF})? month:({_MONTHX}) THE? day:({_DAYX}) (?:DASH|TO|AND|OR|UNTIL) THE?
            till:({_DAYX}) (?!DASH? UNIT|OF? {_MONTHX}) (?:COMMA? year:(YEAR))?""",
            dates.day_date,
        ),
        (f"THE? day:({_DAYX}) DASH? OF? month:({_MONTHX}) (?:(?:DASH|COMMA|OF|IN)? year:(YEAR))?", dates.day_date),
        (
            f"""(?:BETWEEN|FROM|{_NIGHT_OF})? THE? day:({_DAYX}) (?:DASH|TO|AND|OR|UNTIL) THE? till:({_DAYX}) OF?
            month:({_MONTHX}) (?:COMMA? year:(YEAR))?""",
            dates.day_date,
        ),
        (
            f"""{_NIGHT_OF} {_ON_DAY} day:({_DAYX}) (?:DASH|TO|AND) {_ON_DAY} till:({_DAYX}) OF? month:({_MONTHX})
            (?:COMMA? year:(YEAR))?""",
            dates.day_date,
        ),
        (
            f"""{_NIGHT_OF} {_ON_DAY} day:({_DAYX}) OF? month:({_MONTHX}) (?:DASH|TO|AND) {_ON_DAY} till:({_DAYX}) OF?
            next:({_MONTHX}) (?:COMMA? year:(YEAR))?""",
            dates.night_between,
        ),
        (
            f"""{_NIGHT_OF} {_ON_DAY} month:({_MONTHX}) THE? day:({_DAYX}) (?:DASH|TO|AND) {_ON_DAY} next:({_MONTHX}) THE?
            till:({_DAYX}) (?:COMMA? year:(YEAR))?""",
            dates.night_between,
        ),
        (
            f"THE? day:(ORDNUM|ORDWORD) unit:(UNIT) OF month:({_MONTHX}) COMMA? (?:year:(YEAR)|which:(LAST|THIS|NEXT))?",
            dates.nth_day,
        ),
        (f"day:({_DAYX}) DOT? month:(FOREIGN|AGO) DOT? year:(YEAR)", dates.day_date),
        (f"THE day:(ORDWORD) OF month:({_MONTHX}) (?:(?:COMMA|OF|IN)? year:(YEAR))?", dates.day_date),
        (f"THE nth:(ORDWORD|LAST) day:(WEEKDAY) (?:OF|IN) month:({_MONTHX}) (?:COMMA? year:(YEAR))?", dates.weekday_of_month),
        ("LP? date:(NUMDATE) (?: RP)?", dates.number_date),
        ("ON THE day:(ORDNUM) (?=[;!,)]|$|AND|IN|AT)", dates.day_of_month),
        (f"WEEKDAY (?:PARTDAY)? COMMA? (?:ON)? THE day:(ORDNUM) (?!OF|UNIT|{_MONTHX}|WEEKDAY)", dates.day_of_month),
        ("THE? day:(ORDNUM) OF which:(THIS|LAST) UNIT", dates.day_of_month),
        (f"{_PREFIX}? (?:which:(LAST|THIS|NEXT))? month:(MONTH|MAY) (?:(?:COMMA|OF|IN)? year:(YEAR))", dates.month_alone),
        (f"{_PREFIX} (?:which:(LAST|THIS|NEXT))? month:({_MONTHX})", dates.month_alone),
        ("which:(LAST|THIS|NEXT) month:(MONTH|MAY)", dates.month_alone),
        (f"{_PREFIX}? month:({_MONTHX}) COMMA? OF? which:(LAST|THIS|NEXT|SAME{{1,2}}) UNIT", dates.month_of_year),
        (f"{_PREFIX}? month:({_MONTHX}) OF? THE which:(SAME|STORYON|STORYBACK) UNIT", dates.month_of_year),
        (f"month:({_MONTHX}) day:({_DAYX}) COMMA? OF? THE? which:(LAST|THIS|NEXT|SAME{{1,2}}) UNIT", dates.month_of_year),
        (
            f"THE? day:({_DAYX}) OF? month:({_MONTHX}) COMMA? OF? THE? which:(LAST|THIS|NEXT|SAME{{1,2}}) UNIT",
            dates.month_of_year,
        ),
        ("THE? day:(ORDNUM) OF THE? which:(SAME{1,2}) UNIT", dates.day_of_month),
        ("month:(ABBR) DOT? year:(YEAR)", dates.month_alone),
        ("month:(MONTH)", dates.month_alone),
        ("(?<=IN|SINCE|UNTIL|FROM|BETWEEN|BEFORE|AFTER) month:(MAY)", dates.month_alone),
        (f"{_PREFIX} year:(YEAR)", dates.year_alone),
        ("(?<=INSIDE|SINCE|UNTIL|FROM|BETWEEN|BEFORE|AFTER) year:(YEAR) (?!DASH? UNIT|OF)", dates.year_alone),
        ("(?:the:(THE) EARLY{0,2})? (?:EARLY DASH?)? decade:(DECADE)", dates.year_alone),
        ("(?<=THE OTHER) the:(decade:(DECADE))", dates.year_alone),
        (
            """(?:THE|EARLY|DASH){0,3} (?:from:(ORDNUM|ORDWORD) DASH? CENTURY? (?:AND|TO|DASH|OR) (?:THE|EARLY|DASH){0,3})?
            (?:tens:(NUMWORD) DASH)? nth:(ORDNUM|ORDWORD) DASH? CENTURY""",
            dates.century,
        ),
        ("(?:THE|EARLY|DASH|LATER){0,3} season:(SEASON|FALL) (?:OF|IN|COMMA)? year:(YEAR)", dates.year_alone),
        ("THE? year:(YEAR) season:(SEASON)", dates.year_alone),
        ("(?:THE|EARLY|DASH|LATER){0,3} which:(LAST|THIS|NEXT|SAME) season:(SEASON|FALL)", dates.season_alone),
        ("(?:THE|EARLY|DASH|LATER){0,3} season:(SEASON)", dates.season_alone),
        ("THE season:(FALL) (?!OF)", dates.season_alone),
        ("THE story:(STORYBACK|STORYON|NEXT) season:(SEASON|FALL)", dates.season_alone),
        (f"THE story:(STORYBACK|STORYON|NEXT) month:({_MONTHX})", dates.month_alone),
        ("THE story:(STORYBACK|STORYON|NEXT) day:(WEEKDAY)", dates.story_weekday),
        ("story:(SAME) day:(WEEKDAY)", dates.story_weekday),
        ("THE day:(WEEKDAY) story:(BEFORE|AFTER) (?=COMMA|DOT|PUNCT|$)", dates.story_weekday),
        ("fiscal:(FISCAL) UNIT? year:(YEAR)", dates.quarter),
        ("THE? (?:which:(LAST|THIS|NEXT))? fiscal:(FISCAL) UNIT", dates.quarter),
        (
            """THE? nth:(ORDWORD|ORDNUM|LAST) QUARTER (?:(?:OF|IN)? THE? (?:fiscal:(FISCAL) UNIT?)?
            (?:year:(YEAR)|which:(LAST|THIS|NEXT) UNIT))?""",
            dates.quarter,
        ),
        ("number:(QUARTERNUM) (?:OF|IN)? (?:fiscal:(FISCAL) UNIT?)? year:(YEAR)", dates.quarter),
        (
            f"""THE? (?:nth:(ORDWORD|ORDNUM) UNIT OF THE?|eve:(FEAST) OF)? feast:({_FEASTX})
            (?:(?:OF|IN|COMMA)? year:(YEAR))? HOLIDAY?""",
            dates.feast_day,
        ),
        (f"which:(LAST|THIS|NEXT) feast:({_FEASTX})", dates.feast_day),
        ("EVERY day:(WEEKDAY)", counts.repeated),
        ("EVERY (?:NUMWORD|DAYNUM|ORDWORD)? unit:(UNIT)", counts.repeated),
        ("EVERY PARTDAY", counts.repeated),
        ("unit:(UNIT) (?:AFTER|TO) next:(UNIT)", counts.on_and_on),
        (f"{_ABOUT} (?:num:({_SOME})) MORE? unit:(UNIT) into:(TO|AFTER|SINCE) (?:THE|OTHER) OTHER{{0,5}} WAR", counts.into),
        ("(?:ON|IN)? THE? nth:(ORDNUM|ORDWORD) OTHER? unit:(UNIT) (?:OF|IN) (?:THE|OTHER) OTHER{0,5} WAR", counts.into),
        ("(?:ON|IN)? unit:(UNIT) nth:(DAYNUM|DIGITS|NUMWORD) OF (?:THE|OTHER) OTHER{0,5} WAR", counts.into),
        ("THIS? (?:which:(LAST|THIS|NEXT))? day:(WEEKDAY) (?:after:(LAST) (?!UNIT))?", dates.weekday_alone),
        ("which:(LAST|THIS|NEXT) day:(WABBR) DOT?", dates.weekday_alone),
        (f"day:(WABBR) DOT? COMMA? (?={_MONTHX}|{_DAYX} {_MONTHX}|NUMDATE)", dates.weekday_alone),
        ("(?<=ON) day:(WABBR) DOT", dates.weekday_alone),
        ("ON A day:(WEEKDAY) PARTDAY? (?!OTHER)", counts.indefinite),
        ("day:(WEEKDAY) part:(PARTDAY)", counts.indefinite),
        ("TO THIS unit:(UNIT) (?=COMMA|DOT|PUNCT|$)", counts.nowadays),
        ("day:(WEEKDAY) PARTDAY? (?:OF|COMMA)? week:(LAST|THIS|NEXT) UNIT", dates.weekday_alone),
        (
            f"""(?: {_NIGHT_OF} | BETWEEN|FROM )? day:(WEEKDAY)
            (?:PARTDAY)? (?:TO|DASH|AND|OR|UNTIL) till:(WEEKDAY) (?:after:(PARTDAY))?""",
            dates.two_weekdays,
        ),
        (f"{_NIGHT_TO} till:(WEEKDAY)", dates.into_day),
        (f"{_NIGHT_TO} THE? day:({_DAYX}) OF? month:({_MONTHX}) (?:COMMA? year:(YEAR))?", dates.into_day),
        (f"{_NIGHT_TO} month:({_MONTHX}) THE? day:({_DAYX}) (?:COMMA? year:(YEAR))?", dates.into_day),
        ("ON THE eve:(FEAST) OF day:(WEEKDAY) POSS?", dates.eve_of),
        (f"{_EVE_OF} THE? day:({_DAYX}) OF? month:({_MONTHX}) (?:COMMA? year:(YEAR))?", dates.eve_of),
        (f"{_EVE_OF} month:({_MONTHX}) THE? day:({_DAYX}) (?:COMMA? year:(YEAR))?", dates.eve_of),
        ("word:(TODAY)", counts.today),
        ("LATER word:(TODAY)", counts.today),
        ("THE UNIT before:(BEFORE) word:(TODAY)", counts.today),
        ("THE UNIT after:(AFTER) word:(TODAY)", counts.today),
        ("(?:LATER|EARLY)? which:(LAST|THIS) part:(PARTDAY)", counts.last_night),
        ("OVERNIGHT", counts.overnight),
        ("later:(LATER) which:(THIS|LAST) unit:(UNIT)", counts.whole),
        (f"{_PREFIX}? which:(LAST|THIS|NEXT) unit:(UNIT)", counts.whole),
        ("(?:IN|ON|AT)? THE unit:(UNIT)", counts.whole),
        ("(?: early:(EARLY) IN THE | (?:THE|AT|IN){0,3} edge:(EDGE) OF THE ) unit:(UNIT) (?!OF|DASH)", counts.whole),
        (f"THE unit:(UNIT) OF month:({_MONTHX}) THE? day:({_DAYX}) (?:COMMA? year:(YEAR))?", dates.week_of),
        (f"THE unit:(UNIT) OF THE? day:({_DAYX}) OF? month:({_MONTHX}) (?:COMMA? year:(YEAR))?", dates.week_of),
        (f"{_ABOUT} (?:num:({_SOME}))? MORE? unit:(UNIT) ago:(AGO)", counts.ago),
        (f"{_ABOUT} (?:num:({_SOME}))? MORE? unit:(UNIT) ago:(LATER|BEFORE|AFTER|STORYBACK)", counts.ago),
        (f"{_ABOUT} num:({_NUMBER}) {_HALF} unit:(UNIT) ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", counts.ago),
        (f"{_ABOUT} num:({_NUMBER}) unit:(UNIT) {_HALF} ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", counts.ago),
        (f"{_ABOUT} half:(HALF A) unit:(UNIT) ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", counts.ago),
        (f"AT{{0,2}} (?:half:(HALF A)|num:({_NUMBER})) CENTURY AGO", counts.centuries_ago),
        ("THE (?:day:(WEEKDAY)|unit:(UNIT)|part:(PARTDAY)) BEFORE LAST", counts.before_last),
        (f"IN? THE last:(LAST) (?:num:({_SOME}))? unit:(UNIT) (?=OF)", counts.last_of),
        (f"IN? THE? (?:LAST|STORYBACK) (?:num:({_SOME})) unit:(UNIT)", counts.within),
        (f"IN? THE num:({_NUMBER}) (?:LAST|STORYBACK) unit:(UNIT)", counts.within),
        ("IN THE? LAST unit:(UNIT)", counts.within),
        (f"(?:inside:(IN))? THE ahead:(NEXT) (?:num:({_NUMBER}))? unit:(UNIT)", counts.within),
        ("IN? THE? RECENT unit:(UNIT)", counts.recently),
        ("LATER IN THE (?:unit:(UNIT)|part:(PARTDAY)) (?=COMMA|$)", counts.later_in),
        ("(?:LATER|EARLY)? ON? IN? THE? which:(STORYBACK|STORYON|SAME{1,2}) unit:(UNIT)", counts.story),
        ("(?:LATER|EARLY)? THE? which:(STORYBACK|STORYON|SAME{1,2}) part:(PARTDAY)", counts.story),
        ("THE which:(NEXT) (?:unit:(UNIT)|part:(PARTDAY))", counts.story),
        ("THE (?:unit:(UNIT)|part:(PARTDAY)) which:(BEFORE|AFTER|STORYBACK|STORYON)", counts.story),
        (f"IN THE (?:num:({_NUMBER}))? unit:(UNIT) SAME STORYON", counts.that_followed),
        (f"{_ABOUT} num:({_NUMBER}) nights:(PARTDAY) ago:(AGO|LATER|BEFORE|AFTER|STORYBACK)", counts.nights),
        (
            f"""(?:BETWEEN|FROM) clock:({_CLOCKX}) (?:first:(MERIDIEM))? DOT? (?:AND|TO|UNTIL)
            till:({_CLOCKX})
            (?=MERIDIEM|ZONE|LOCAL|OTHER|PUNCT|COMMA|DOT|ON)
            (?:meridiem:(MERIDIEM))? DOT? (?:zone:({_ZONEX}))?""",
            clocks.clock_time,
        ),
        (f"about:(AT{{0,4}}) clock:(CLOCK) (?:meridiem:(MERIDIEM))? DOT? (?:zone:({_ZONEX}))?", clocks.clock_time),
        (f"about:(AT{{0,4}}) clock:(DOTTED|DAYNUM) meridiem:(MERIDIEM) DOT? (?:zone:({_ZONEX}))?", clocks.clock_time),
        ("about:(AT{0,4}) clock:(DAYNUM) OCLOCK (?:IN THE PARTDAY)?", clocks.clock_time),
        (f"about:(AT{{0,4}}) clock:(DIGITS|YEAR|DOTTED) zone:({_ZONEX})", clocks.clock_time),
        (f"about:(AT{{0,4}}) clock:(DIGITS|YEAR) hours:(UNIT) (?!OF) (?:zone:({_ZONEX}))?", clocks.in_hours),
        ("(?:AT|IN|ON|EARLY|THE|LATER){0,4} early:(EARLY) DASH? (?:AT|IN|ON)? THE? part:(PARTDAY)", clocks.day_part),
        ("(?:AT{1,4}|IN) THE? (?:early:(EARLY) DASH?)? part:(PARTDAY)", clocks.day_part),
        ("IN? THE? early:(EARLY) PARTDAY? hours:(UNIT) (?:OF THE PARTDAY)?", clocks.day_part),
        ("IN? THE? pre:(PREDAWN|PRE DASH? PARTDAY) (?:UNIT)?", clocks.day_part),
        ("AT? before:(BEFORE) part:(PARTDAY)", clocks.day_part),
        ("by:(UNTIL) THE? part:(PARTDAY)", clocks.by_part),
        ("(?:BEFORE AND AFTER|AFTER AND BEFORE) part:(PARTDAY)", clocks.day_part),
        (f"(?:AT? (?:{_NUMBER}|HALF A) UNIT|AT)? after:(AFTER) part:(PARTDAY)", clocks.day_part),
        ("AT part:(OVERNIGHT)", clocks.day_part),
        ("bound:(SINCE|BEFORE|FROM) THE EDGE OF THE OTHER{0,5} WAR", counts.beginning),
        ("bound:(SINCE|BEFORE) THE OTHER{0,5} WAR BEGAN", counts.beginning),
        ("(?<!TIME) soon:(OVER) unit:(UNIT)", counts.soon),
        (f"IN? {_ABOUT} (?:num:({_NUMBER})) MORE? DASH? unit:(UNIT) (?:DASH? old:(OLD))?", counts.length),
        ("(?<=IN) unit:(UNIT)", counts.length),
        ("AGED num:(DAYNUM|DIGITS|NUMWORD)", counts.age),
        ("num:(DAYNUM|NUMWORD) UNIT old:(OLD)", counts.age),
    )
)
# A part of the day that only counts beside a day: "early on Thursday", "Thursday morning".
LOOSE = (
    (_compiled("(?:LATER)? early:(EARLY) DASH? (?:part:(PARTDAY))?"), clocks.day_part),
    (_compiled("THE? part:(PARTDAY)"), clocks.day_part),
    (_compiled("THE? pre:(PREDAWN)"), clocks.day_part),
)


def _starts(pattern: re.Pattern[str]) -> frozenset[str]:
    """The letters that a rule can start with: only a matter of speed, so any letter where Python's parser cannot be asked."""
    try:
        from re import _parser as parser  # type: ignore[attr-defined]
    except ImportError:  # not a documented module
        return frozenset(LETTER.values())

    def first(items: object) -> tuple[set[str], bool]:
        found: set[str] = set()
        for op, value in items:  # type: ignore[attr-defined]
            letters, empty = one(str(op), value)
            found |= letters
            if not empty:
                return found, False
        return found, True

    def one(op: str, value: object) -> tuple[set[str], bool]:
        match op:
            case "LITERAL":
                return {chr(int(str(value)))}, False
            case "IN":
                return {chr(v) for o, v in value if str(o) == "LITERAL"}, False  # type: ignore[attr-defined]
            case "BRANCH":
                parts = [first(branch) for branch in value[1]]  # type: ignore[index]
                return set().union(*(p for p, _ in parts)), any(e for _, e in parts)
            case "SUBPATTERN":
                return first(value[-1])  # type: ignore[index]
            case "MAX_REPEAT":
                letters, empty = first(value[2])  # type: ignore[index]
                return letters, empty or value[0] == 0  # type: ignore[index]
            case _:
                return set(), True  # an assertion takes no letter

    return frozenset(first(parser.parse(pattern.pattern))[0])


_STARTED = [(rule, _starts(rule[0])) for rule in _RULES]
RULES_BY_START = {letter: tuple(rule for rule, starts in _STARTED if letter in starts) for letter in LETTER.values()}
