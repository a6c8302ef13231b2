"""Made-up war reports of about 450 words, each different: what the speed trials read. The same seed makes the same articles."""

from __future__ import annotations

from random import Random

from crossbearing.model.text import DateKind, Document, Metadata, Shown, ShownDate

PLACES = (
    ("Kharkiv", "Ukraine"), ("Kherson", "Ukraine"), ("Pokrovsk", "Ukraine"), ("Belgorod", "Russia"), ("El Fasher", "Sudan"),
    ("Nyala", "Sudan"), ("Omdurman", "Sudan"), ("Myitkyina", "Myanmar"), ("Lashio", "Myanmar"), ("Djibo", "Burkina Faso"),
    ("Kidal", "Mali"), ("Gao", "Mali"), ("Maiduguri", "Nigeria"), ("Baidoa", "Somalia"), ("Goma", "DR Congo"),
    ("Idlib", "Syria"), ("Deir ez-Zor", "Syria"), ("Mosul", "Iraq"), ("Kirkuk", "Iraq"), ("Hodeidah", "Yemen"),
    ("Marib", "Yemen"), ("Khan Younis", "the Gaza Strip"), ("Tyre", "Lebanon"), ("Kandahar", "Afghanistan"),
    ("Tumaco", "Colombia"),
)  # fmt: skip
SIDES = (
    "Ukrainian forces", "Russian forces", "the Rapid Support Forces", "the Sudanese army", "the Arakan Army", "al-Shabaab",
    "the M23 rebels", "the Malian army", "Boko Haram fighters", "the Houthis", "Israeli forces", "Hezbollah",
    "Islamic State militants",
    "the Taliban", "unidentified gunmen", "the ELN guerrillas", "the Kachin Independence Army", "Turkish forces",
)  # fmt: skip
OUTLETS = ("Lakeside Courier", "The Ridge Post", "Delta Monitor", "Harbour Wire", "Northern Dispatch", "Basin Radio")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "May", "August", "October", "December")
SITES = ("a market", "a fuel depot", "an army checkpoint", "a police station", "a hospital", "a school that sheltered families")
NAMES = ("Halden Orre", "Maru Tesk", "Ilya Brandt", "Sefa Quill", "Anton Verrick", "Noor Dassan")

LEADS = (
    "At least {n} people were killed and {m} wounded when {side} shelled {site} in {place} on {day}, local officials said.",
    "{Side} carried out a drone attack on {site} near {place} early on {day}, killing {n} people, according to the governor.",
    "A car bomb exploded outside {site} in {place} on {day} morning, leaving {n} dead and dozens injured, police said.",
    "Rockets hit {site} on the outskirts of {place} overnight, wounding {m} people, the {outlet} news agency reported.",
    "{Side} stormed a village {km} kilometres north of {place} late on {day} and shot dead {n} people, witnesses told {outlet}.",
    "Two missiles struck the airport of {place}, {country}, on {day} evening in what {other} called a reprisal.",
)
FACTS = (
    "The attack happened at around {hour}:30 am local time, when most of the people at the site were still asleep.",
    "{name}, a doctor at the hospital in {place}, said by phone that {n} bodies had been brought in, {few} of them children.",
    "{Other} denied responsibility and said that their aircraft had not flown over {place} since {month} {date}.",
    "The regional governor, {name}, wrote on Telegram that air defences had shot down {few} of {m} drones over {country}.",
    "{Side} said in a statement on {day} that they had targeted a command post, and that no civilians had been harmed.",
    "It was the {nth} attack on {place} this month, according to monitors who count such incidents.",
    "Fighters of {other} withdrew to the hills west of {town} after clashes that lasted for three hours.",
    "A day earlier, shelling of the road between {place} and {town} killed {few} truck drivers.",
    "The army spokesman said that troops had repelled an assault near {town} two days ago and had killed {m} attackers.",
    "A roadside bomb wounded {few} soldiers outside {town} last week, and nobody has claimed responsibility for it.",
)
REST = (
    "More than {many} people have been killed in {country} since the war began in {month} {year}, the health ministry says.",
    "Residents described a night of explosions, and said that many families had moved into cellars or had left by bus.",
    "Talks on a ceasefire, which mediators had hoped to hold next week, have been put off until the end of the month.",
    "The United Nations called on all parties to protect civilians and to let aid convoys reach the town.",
    "Electricity was cut in several districts, and the mayor asked people to stay away from the bridges over the river.",
    "Analysts say that control of the roads around {town} would let either side move supplies before the rains.",
    "The two sides have traded accusations over the shelling of towns along the front since {month}.",
    "“We heard the first blast and ran,” said {name}, who sells vegetables. “Then came the second one.”",
    "Prices of bread and fuel have doubled since the summer, and shops open only in the morning.",
    "The government has said repeatedly that it does not strike towns, a claim that rights groups dispute.",
    "Aid workers said that the clinic had enough medicine for ten days and that the generators were short of diesel.",
    "{Other} could not be reached for comment, and the reports could not be verified independently.",
)  # fmt: skip
ORDINALS = ("second", "third", "fourth", "fifth")
WORDS = 450


def article(number: int, words: int = WORDS) -> str:
    """Title and paragraphs, about so many words."""
    chance = Random(number)
    (place, country), (town, _) = chance.sample(PLACES, 2)
    side, other = chance.sample(SIDES, 2)
    said = {
        "place": place, "country": country, "town": town, "side": side, "Side": side[:1].upper() + side[1:],
        "other": other, "Other": other[:1].upper() + other[1:], "km": chance.randint(3, 60),
        "outlet": chance.choice(OUTLETS), "year": chance.randint(2014, 2023), "many": f"{chance.randint(3, 90)},000",
    }  # fmt: skip
    sentences = [_filled(chance.choice(LEADS), said, chance)]
    left = chance.sample(FACTS, len(FACTS)) + chance.sample(REST, len(REST))
    chance.shuffle(left)
    while sum(s.count(" ") + 1 for s in sentences) < words:
        sentences.append(_filled(left.pop() if left else chance.choice(REST), said, chance))
    paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    return "\n\n".join((f"Attack in {place} reported by residents", *paragraphs))


def _filled(template: str, said: dict[str, object], chance: Random) -> str:
    drawn = {
        "n": chance.randint(2, 40), "m": chance.randint(5, 90), "few": chance.choice(("two", "three", "five", "six")),
        "day": chance.choice(DAYS), "site": chance.choice(SITES), "name": chance.choice(NAMES), "hour": chance.randint(1, 11),
        "month": chance.choice(MONTHS), "date": chance.randint(1, 28), "nth": chance.choice(ORDINALS),
    }  # fmt: skip
    return template.format(**said, **drawn)


def document(number: int, text: str | None = None, published: str | None = None) -> Document:
    """An article as clean text; every third of the made-up ones bears no date."""
    text = article(number) if text is None else text
    day = published or (f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 3 else None)
    dates = (ShownDate(DateKind.PUBLISHED, Shown(day, "published", day)),) if day else ()
    return Document(f"d{number:016}", f"{number:064}", f"{number}", f"{number}.txt", text, metadata=Metadata(dates=dates))


def page(number: int) -> str:
    """An article as a web page with menus, teasers of others and a footer."""
    title, *paragraphs = article(number).split("\n\n")
    teasers = "".join(f"<li><a href='/{n}'>{article(n, 10).splitlines()[0]}</a></li>" for n in range(number + 1, number + 9))
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    menu = "".join(f"<a href='/{w}'>{w}</a>" for w in ("World", "Politics", "Economy", "Culture", "Sport", "About us"))
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | {OUTLETS[number % 6]}</title>"
        f"<meta property='article:published_time' content='2024-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z'></head>"
        f"<body><nav>{menu}</nav><main><article><h1>{title}</h1>{body}</article><aside><ul>{teasers}</ul></aside></main>"
        f"<footer>{menu}<p>© 2024 {OUTLETS[number % 6]}. All rights reserved.</p></footer></body></html>"
    )
