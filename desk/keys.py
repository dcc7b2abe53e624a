"""Public ids and keys: given out once, from counters that only grow.

A counter's row is locked by the statement that raises it, on both engines, so two editors
never get one number. A new counter starts past every number seen in the record.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.db.models import F

from desk.models import Counter
from desk.refusals import Refused
from record.models import Version
from record.statements import Among, insert

KEY_LETTERS = "pc"
NUMBERED = re.compile(r"([A-Za-z])([1-9][0-9]*)")


def next_public_id(letter: str) -> str:
    """A public id that was never used, such as ``E15``."""
    return f"{letter}{_next(letter)}"


def next_key(public_id: str, letter: str) -> str:
    """A key never used within the entry: ``p`` for parts, ``c`` for citations."""
    return f"{letter}{_next(f'{public_id}/{letter}')}"


def coming_key(public_id: str, letter: str) -> int:
    """The number that the entry's next key would have; takes none. One or two queries."""
    name = f"{public_id}/{letter}"
    value = Counter.objects.filter(name=name).values_list("value", flat=True).first()
    return (_largest_seen(name) if value is None else value) + 1


def last_keys(public_ids: Iterable[str]) -> dict[str, int]:
    """The last numbers given out in these entries, by ``E14/p`` and ``E14/c``; takes none.

    Two queries.
    """
    names = [f"{public_id}/{letter}" for public_id in public_ids for letter in KEY_LETTERS]
    counters = Counter.objects.filter(Among(F("name"), names))
    last = dict.fromkeys(names, 0) | dict(counters.values_list("name", "value"))
    # Of an edition that was loaded, nothing has been counted yet.
    uncounted = {name.partition("/")[0] for name, value in last.items() if not value}
    documents = Version.objects.filter(Among(F("public_id"), uncounted)).exclude(document="")
    for public_id, document in documents.order_by().values_list("public_id", "document"):
        for letter, number in _keys_in(orjson.loads(document)):
            name = f"{public_id}/{letter}"
            last[name] = max(last.get(name, 0), number)
    return last


def reserve_public_id(public_id: str) -> None:
    """Keep an id that comes from outside (fixtures, a loaded edition) from being given again."""
    letter, number = _split(public_id)
    _reserve(letter, number)


def reserve_key(public_id: str, key: str) -> None:
    letter, number = _split(key)
    _reserve(f"{public_id}/{letter}", number)


def reserve_keys(public_id: str, keys: Iterable[str]) -> None:
    """`reserve_key` for several of one entry: the rows that have them then cost a query each."""
    largest: dict[str, int] = {}
    for letter, number in map(_split, keys):
        largest[letter] = max(number, largest.get(letter, 0))
    for letter, number in largest.items():
        _reserve(f"{public_id}/{letter}", number)


def next_public_ids(letter: str, count: int) -> list[str]:
    """`next_public_id` for several at once."""
    if not count:
        return []
    last = _next(letter, count)
    return [f"{letter}{number}" for number in range(last - count + 1, last + 1)]


def reserve_all(keys: Mapping[str, Iterable[str]]) -> None:
    """`reserve_public_id` and `reserve_keys` for new entries of one type, by their public ids.

    Two queries, one for each few hundred counters that are new, and those of `_reserve` for others.
    """
    letter, last = max(map(_split, keys), key=lambda each: each[1])
    _reserve(letter, last)
    seen = last_keys(keys)
    wanted: dict[str, int] = {}
    for public_id, of_entry in keys.items():
        for kind, number in map(_split, of_entry):
            name = f"{public_id}/{kind}"
            wanted[name] = max(number, wanted.get(name, seen[name]))
    counted = set(Counter.objects.filter(Among(F("name"), wanted)).values_list("name", flat=True))
    new = [(name, number) for name, number in wanted.items() if name not in counted]
    insert(Counter, ("name", "value"), new)
    for name in counted:
        _reserve(name, wanted[name])


def hold_keys(public_id: str) -> dict[str, int]:
    """The last key given out in the entry, by letter; nobody is given another one until this
    transaction ends. For `give_back_none`."""
    held = {}
    for letter in KEY_LETTERS:
        counter = Counter.objects.filter(name=f"{public_id}/{letter}")
        if not counter.update(value=F("value")):
            _start(f"{public_id}/{letter}")
            counter.update(value=F("value"))
        (held[letter],) = counter.values_list("value", flat=True)
    return held


def hold_keys_of(public_ids: Iterable[str]) -> dict[str, int]:
    """`hold_keys` for several entries: the last numbers, by ``E14/p`` and ``E14/c``.

    Two queries, and two a counter that is new. Each entry's in the order of `hold_keys`.
    """
    names = [f"{public_id}/{letter}" for public_id in public_ids for letter in KEY_LETTERS]
    counted = set(Counter.objects.filter(Among(F("name"), names)).values_list("name", flat=True))
    for name in names:
        if name not in counted:
            _start(name)
    held = Counter.objects.select_for_update().filter(Among(F("name"), names)).order_by("-name")
    return dict(held.values_list("name", "value"))


def give_back_none(public_id: str, given: Mapping[str, int]) -> None:
    """Keep keys that a savepoint gave out, and undid, from being given again.

    ``given``: the last ones, by letter, as `hold_keys` told inside. It was called before the
    savepoint too, so that nobody got them meanwhile.
    """
    for letter, number in given.items():
        _reserve(f"{public_id}/{letter}", number)


def _next(name: str, count: int = 1) -> int:
    """Raise the counter. Two queries, one more for a counter that is new."""
    with transaction.atomic():
        if not Counter.objects.filter(name=name).update(value=F("value") + count):
            _start(name)
            Counter.objects.filter(name=name).update(value=F("value") + count)
        (value,) = Counter.objects.filter(name=name).values_list("value", flat=True)
        return value


def _reserve(name: str, number: int) -> None:
    if Counter.objects.filter(name=name, value__gte=number).exists():
        return  # it only grows
    with transaction.atomic():
        if not Counter.objects.filter(name=name).exists():
            _start(name)
        Counter.objects.filter(name=name, value__lt=number).update(value=number)


def _start(name: str) -> None:
    """Make the counter, unless someone else just did."""
    try:
        with transaction.atomic():
            Counter.objects.create(name=name, value=_largest_seen(name))
    except IntegrityError:
        return


def _largest_seen(name: str) -> int:
    """The largest number under this name in any version ever published."""
    public_id, _, letter = name.partition("/")
    if not letter:
        versions = Version.objects.filter(public_id__startswith=name).order_by()
        seen = versions.values_list("public_id").distinct()
        return max((_split(row[0])[1] for row in seen), default=0)
    largest = 0
    for document in Version.objects.filter(public_id=public_id).values_list("document", flat=True):
        keys = _keys_in(orjson.loads(document)) if document else []
        largest = max([largest, *(number for kind, number in keys if kind == letter)])
    return largest


def _keys_in(value: Any) -> list[tuple[str, int]]:
    """Every ``key`` member of a document, at any depth."""
    if isinstance(value, list):
        return [key for item in value for key in _keys_in(item)]
    if not isinstance(value, dict):
        return []
    key = value.get("key")
    own = [_split(key)] if isinstance(key, str) and NUMBERED.fullmatch(key) else []
    return own + [key for item in value.values() for key in _keys_in(item)]


def _split(numbered: str) -> tuple[str, int]:
    match = NUMBERED.fullmatch(numbered)
    if match is None:
        raise Refused(f"{numbered!r} is not a letter and a number, like E14 or p2.")
    return match[1], int(match[2])
