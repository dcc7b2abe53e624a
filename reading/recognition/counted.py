"""What a number counts or measures: the words after it."""

import re
from typing import NamedTuple

from reading.recognition.wordings import word_set

PERCENT = re.compile(r" ?(?:%|per ?cent\b|percentage points?\b)")
MEASURE = re.compile(
    r"[ -]?(?:(?P<square>square |cubic )?(?P<unit>"
    r"kilomet(?:re|er)s?|met(?:re|er)s?|centimet(?:re|er)s?|miles?|feet|yards?|hectares?|acres?|"
    r"kilograms?|grams?|tonnes?|tons?|lit(?:re|er)s?|gallons?|barrels?|megawatts?|gigawatts?|"
    r"kilowatts?|degrees?|km2|km|kg|cm|mm|MW|GW|kW|ha)(?![\w-])"
    r"|(?P<money>(?:US |American |Australian |Canadian )?dollars?|euros?|pounds?|roubles?|rubles?|"
    r"francs?|marks|yen|yuan|manats?|drams?|laris?|lira|hryvnias?|crowns?|pesos?|rupees?|"
    r"USD|EUR|GBP|CHF|RUB|AZN|AMD)(?![\w-]))"
)
# “At least 20 were killed”: what they are is left out.
DONE = re.compile(
    r" (?:of them |more )?(?:were|are|was|(?:had|have) been) (?:also |later |still )?"
    r"(?P<what>[a-z]+ed|dead|missing|shot|hurt|taken|held|homeless)(?![\w-])"
)
CLOCK = re.compile(r" ?[ap]\.? ?m\b|:\d\d| o'clock| ?(?:GMT|UTC)\b")
OF_WHAT = re.compile(r" of (?:the |all |its |their |his |her |our )?")
WORD = re.compile(r" (?P<word>[A-Za-z][A-Za-z'-]*)")
MOST_WORDS = 4  # from a number to the noun that it counts

# Words that end a phrase before its noun has come.
STOPS = word_set(
    "of in on at to from by with for as and or but nor if than that which who whom whose what when "
    "where while after before since until during between against per is are was were be been being "
    "has have had do does did will would can could may might must shall should said says say the a "
    "an this these those there here it its he she they we you i his her their our my not no then "
    "later earlier ago times into onto over under about across through without within because also "
    "only even more less so such each every both either neither all any some other"
)
# Plurals without -s, and nouns that stand in the singular after a number.
PLURALS = word_set(
    "people men women children persons personnel staff troops police aircraft spacecraft cattle "
    "sheep livestock militia cavalry infantry clergy servicemen servicewomen policemen policewomen "
    "fishermen gunmen militiamen businessmen congressmen dead wounded injured killed missing "
    "displaced detained arrested captured homeless evacuated hospitalised hospitalized infected "
    "taken others alumni criteria media data series headquarters crossroads Chinese Japanese "
    "Vietnamese Portuguese French British Dutch Irish Swiss"
)
SINGULARS = word_set(
    "person man woman child soldier officer civilian journalist policeman policewoman serviceman "
    "fighter guard prisoner villager resident protester observer passenger pilot driver boy girl "
    "student worker"
)
# Lengths of time are no figures, and some words in -s are no plurals.
TIMES = word_set(
    "day days week weeks fortnight month months year years decade decades century centuries hour "
    "hours minute minutes second seconds night nights nightfall evening weekend weekends pm am "
    "degrees o'clock yards"
)
NO_PLURAL = re.compile(r"(?:ss|us|is|'s)$")


class Counted(NamedTuple):
    """The noun, or the unit, and where their words end."""

    what: str
    unit: str
    end: int


def counted_after(text: str, end: int, *, one: bool) -> Counted | None:
    """What the number that ends at ``end`` counts. None if nothing shows, or if it is time.

    ``one``: the number is 1, after which a noun stands in the singular.
    """
    if percent := PERCENT.match(text, end):
        return _of_what(text, "%", percent.end())
    if measure := MEASURE.match(text, end):
        unit = (measure["square"] or "") + (measure["unit"] or measure["money"] or "")
        return _of_what(text, unit, measure.end())
    if done := DONE.match(text, end):
        return Counted(done["what"], "", done.end())
    noun = _noun(text, end, one=one)
    return None if noun is None else Counted(text[end + 1 : noun], "", noun)


def is_time(text: str, end: int) -> bool:
    """Whether it is a length of time or a time of day: “12 years”, “44-day”, “11 p.m.”."""
    if CLOCK.match(text, end):
        return True
    match = re.compile(r"[ -](?:more |full |consecutive |whole )?([a-z']+)").match(text, end)
    return bool(match and match[1] in TIMES)


def _of_what(text: str, unit: str, end: int) -> Counted:
    """“12 per cent of the voters”, “five tonnes of wheat”: with what it is of, if a noun shows."""
    if match := OF_WHAT.match(text, end):
        noun = _noun(text, match.end() - 1, one=False)
        if noun is None and (mass := WORD.match(text, match.end() - 1)):
            noun = mass.end() if mass["word"].islower() and mass["word"] not in STOPS else None
        if noun is not None:
            return Counted(text[match.end() : noun], unit, noun)
    return Counted("", unit, end)


def _noun(text: str, end: int, *, one: bool) -> int | None:
    """Where the noun ends that follows within a few words; a plural, as it is counted."""
    place = end
    for _ in range(MOST_WORDS):
        match = WORD.match(text, place)
        if match is None or match["word"].lower() in STOPS or match["word"] in TIMES:
            return None
        word, place = match["word"].removesuffix("'"), match.end()
        if word in PLURALS or (one and word in SINGULARS):
            return place
        if word.endswith("s") and len(word) > 3 and not NO_PLURAL.search(word) and not one:
            return match.start("word") + len(word)
        if text[place : place + 1] != " ":
            return None
    return None
