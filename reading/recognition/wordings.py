"""English words for numbers and for pieces of the calendar, and the patterns made of them."""

import calendar
import re
from collections.abc import Iterable

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)


def _counted() -> dict[str, int]:
    numbers = {word: number for number, word in enumerate(UNITS.split())}
    for place, ten in enumerate(TENS.split(), start=2):
        numbers[ten] = 10 * place
        for unit in UNITS.split()[1:10]:
            numbers[f"{ten}-{unit}"] = numbers[f"{ten} {unit}"] = 10 * place + numbers[unit]
    return numbers


def _ordered() -> dict[str, int]:
    ordinals = {word: number for number, word in enumerate(ORDINALS.split(), start=1)}
    ordinals |= {"twentieth": 20, "thirtieth": 30}
    for ten, value in (("twenty", 20), ("thirty", 30)):
        for word, number in list(ordinals.items())[:9]:
            ordinals[f"{ten}-{word}"] = ordinals[f"{ten} {word}"] = value + number
    return ordinals


NUMBERS = _counted()
NUMBER_OF_ORDINAL = _ordered()


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
SHORT_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name} | {
    "Sept": 9
}
NUMBER_OF_MONTH = {name.lower(): number for name, number in (MONTHS | SHORT_MONTHS).items()}
NUMBER_OF_WEEKDAY = {
    name: number
    for number, name in enumerate(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    )
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
MONTHS_OF_SEASON = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}

# Months are read with a capital letter, or in capitals: “may” and “march” are verbs.
FULL_MONTH = any_of([*MONTHS, *map(str.upper, MONTHS)])
MONTH = f"(?:{FULL_MONTH}|{any_of([*SHORT_MONTHS, *map(str.upper, SHORT_MONTHS)])}\\.?)(?!\\w)"
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|(?<=[23])d)?(?!\w|[.,:]\d|%)"
SEASON = "(?i:spring|summer|autumn|fall|winter)(?!\\w)"
YEAR = r"(?:1\d{3}|20\d\d)(?!\w|,\d|\.\d|%)"

# Between the members of a list or a range.
LINK = r"(?:, and |, or |, | and | or | & | to | through | until |-| - |/)"

PEOPLE = (
    "people persons men women children soldiers troops fighters prisoners hostages refugees "
    "civilians residents inhabitants members delegates deputies observers journalists officers "
    "workers families households voters casualties victims deaths dead wounded killed others "
    "employees students pupils houses homes villages tanks vehicles aircraft ships rounds shells "
    "respondents sheep cattle horses goats "
    "copies pages words votes seats times points items cases units barrels participants staff"
)
MEASURES = (
    "metre meter mile foot yard ton tonne hectare acre dollar pound hour minute kilometre "
    "km kilometres kilometers metres meters miles feet yards cm mm kg kilograms grams tonnes tons "
    "hectares acres litres liters gallons dollars euros pounds roubles rubles francs marks yen "
    "manats drams degrees hours hrs minutes seconds days weeks months years hundred thousand "
    "million billion trillion bn dozen per percent kilowatts megawatts MW GW square cubic GMT UTC"
)
# What follows a number that counts or measures, so that it is neither a year nor a day.
MEASURED = re.compile(rf"[ -]?{any_of(MEASURES.split())}\b|%| per ?cent\b")
COUNTED = re.compile(rf" {any_of(PEOPLE.split())}\b|{MEASURED.pattern}")


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def number_of_month(word: str) -> int:
    return NUMBER_OF_MONTH[word.rstrip(".").lower()]


def day_of(word: str) -> int:
    """Of “3”, “03” or “3rd”."""
    return int(re.sub(r"\D", "", word))
