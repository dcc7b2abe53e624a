"""Whom a cell means: entries of the desk and of the file, by public id, slug or name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from desk.keys import NUMBERED
from desk.models import WorkingCopy
from desk.naming import document_of, name_in
from desk.types import desk_type, desk_type_for, desk_types
from exchange.problems import NotTaken, nearest, offer, quoted
from record.models import Version
from record.types import Document, type_named
from record.verbatim import fold

MOST_OFFERED = 25  # unknown names that others are offered for: each is compared with all there are
FIRST_PROVISIONAL = 9_000_000  # numbers of what the file makes, until they get their own


class Names:
    """What entries are called. One query a type for slugs, one more for names and one for former
    slugs where they are asked.

    ``of_another_desk``: the ids in the file are not this desk's, so they name what the file itself
    holds and nothing else.
    """

    def __init__(self, *, of_another_desk: bool) -> None:
        self.of_another_desk = of_another_desk
        self.slugs: dict[str, dict[str, str]] = {}  # letter → slug → id
        self.slug_of: dict[str, str] = {}
        self.merged = dict(
            WorkingCopy.objects.exclude(merged_into="").values_list("public_id", "merged_into")
        )
        for each in desk_types():
            model: Any = each.model
            rows = model.objects.order_by("pk").values_list("public_id", "slug")
            found = {public_id: slug for public_id, slug in rows if public_id not in self.merged}
            self.slug_of |= found
            self.slugs[model.letter] = {slug: public_id for public_id, slug in found.items()}
        # What the file calls its new entries: letter → name → provisional id.
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        self.new: dict[str, list[str]] = {}  # names by provisional id
        self.slugs_of_file: dict[str, dict[str, str]] = defaultdict(dict)
        self.numbers: dict[str, int] = {}  # where to go on in making slugs free
        self._offered: dict[tuple[str, str, str], list[str]] = {}
        self._called: dict[str, dict[str, set[str]]] = {}
        self._documents: dict[str, dict[str, Document]] = {}
        self._former: dict[str, set[str]] = {}

    # What the file makes

    def add(self, letter: str, label: str, slug: str, names: Iterable[str]) -> str:
        """A new entry of the file, and its provisional id."""
        public_id = f"{letter}{FIRST_PROVISIONAL + len(self.new) + 1}"
        self.new[public_id] = [name for name in names if name]
        if label:
            self.labels[letter][label] = public_id
        if slug:
            self.slugs_of_file[letter].setdefault(slug, public_id)
        self.slug_of[public_id] = slug
        return public_id

    def forget_new(self) -> None:
        """The file, or a batch of it, begins anew."""
        self.labels.clear()
        self.slugs_of_file.clear()
        for public_id in self.new:
            self.slug_of.pop(public_id, None)
        for letter in {public_id[0] for public_id in self.new}:
            self._called.pop(letter, None)
        self.new.clear()
        self._offered.clear()

    def settle(self, ids: Mapping[str, str]) -> None:
        """What was new is at the desk: ``ids`` by provisional ones."""
        for public_id in self.new:
            slug = self.slug_of.pop(public_id)
            if public_id in ids:
                self.slug_of[ids[public_id]] = slug
                self.slugs[public_id[0]][slug] = ids[public_id]
                self._documents.pop(public_id[0], None)
        self.forget_new()

    # Finding

    def slug(self, public_id: str) -> str:
        """What stands in a cell for the entry: its slug; its id where it is not at the desk."""
        return self.slug_of.get(public_id, public_id)

    def former_slugs(self, letter: str) -> set[str]:
        """Slugs of the type that were public once: they stay with whoever had them."""
        if letter not in self._former:
            versions = Version.objects.filter(type=desk_type_for(letter).name).order_by()
            public = versions.values_list("slug", flat=True).distinct()
            self._former[letter] = {
                slug for slug in public.iterator() if slug not in self.slugs[letter]
            }
        return self._former[letter]

    def with_id(self, text: str, letter: str) -> str:
        """The entry with this id, or that the file calls so; empty where the text is no id."""
        if text in self.labels[letter]:
            return self.labels[letter][text]
        if self.of_another_desk or not NUMBERED.fullmatch(text) or text[0] != letter:
            return ""
        if text in self.slug_of:
            return text
        if text in self.merged:
            raise NotTaken(f"{text} was merged into {self.merged[text]}; give that.")
        raise NotTaken(
            f"{text} is not at the desk. A new entry has no id, or a name like new-1. If the file "
            "comes from another desk, say so when you import it."
        )

    def entry(self, text: str, letter: str, limit: Mapping[str, Any]) -> str:
        """The id of the entry meant; of a new one, its provisional id."""
        if found := self.with_id(text, letter):
            return found
        for known in (self.slugs_of_file[letter], self.slugs[letter]):
            if text in known:
                return known[text]
        named = {
            public_id
            for public_id in self._named(letter).get(compared(text), ())
            if self._fits(public_id, limit)
        }
        if len(named) == 1:
            return named.pop()
        if named:
            slugs = ", ".join(sorted(self.slug(public_id) or public_id for public_id in named))
            raise NotTaken(
                f"{quoted(text)} is the name of several {_plural(letter)}: {slugs}. Give one of "
                "these."
            )
        raise NotTaken(
            f"There is none of the {_plural(letter)} called {quoted(text)}."
            + offer(self._near(text, letter, limit))
        )

    def part(self, text: str, letter: str) -> str:
        owner, slash, key = text.rpartition("/")
        if not slash or not NUMBERED.fullmatch(key.strip()):
            raise NotTaken(f"{quoted(text)} is no part of another entry; those are like a-slug/p4.")
        return f"{self.entry(owner.strip(), letter, {})}/{key.strip()}"

    def _near(self, text: str, letter: str, limit: Mapping[str, Any]) -> list[str]:
        """Names of entries that are called like that, the likest first; of the first few asked."""
        asked = (text, letter, str(limit))
        if asked not in self._offered:
            if len(self._offered) >= MOST_OFFERED:
                return []
            self._offered[asked] = self._likest(text, letter, limit)
        return self._offered[asked]

    def _likest(self, text: str, letter: str, limit: Mapping[str, Any]) -> list[str]:
        """What is retired is offered to nobody."""
        named = self._named(letter)
        documents = self._documents_of(letter)
        pairs = [(name, public_id) for name, ids in named.items() for public_id in sorted(ids)]
        known = {
            name: public_id
            for name, public_id in [*pairs, *self.slugs[letter].items()]
            if self._fits(public_id, limit) and not documents.get(public_id, {}).get("retired")
        }
        ids = dict.fromkeys(known[name] for name in nearest(text, known))
        return [self._label(public_id) for public_id in ids]

    def _label(self, public_id: str) -> str:
        if public_id in self.new:
            return self.new[public_id][0]
        return name_in(self._documents[public_id[0]][public_id])

    def _fits(self, public_id: str, limit: Mapping[str, Any]) -> bool:
        if public_id in self.new or not limit:
            return True
        document = self._documents_of(public_id[0]).get(public_id, {})
        return all(document.get(name) == value for name, value in limit.items())

    def _named(self, letter: str) -> dict[str, set[str]]:
        """Ids by name, as names are compared."""
        if letter not in self._called:
            called: dict[str, set[str]] = defaultdict(set)
            for public_id, document in self._documents_of(letter).items():
                for name in _names_in(document):
                    called[compared(name)].add(public_id)
            for public_id, names in self.new.items():
                for name in names if public_id[0] == letter else ():
                    called[compared(name)].add(public_id)
            self._called[letter] = called
        return self._called[letter]

    def _documents_of(self, letter: str) -> dict[str, Document]:
        if letter not in self._documents:
            copies = WorkingCopy.objects.filter(type=desk_type_for(letter).name, merged_into="")
            self._documents[letter] = {
                copy.public_id: document_of(copy.revision)
                for copy in copies.select_related("revision")
            }
        return self._documents[letter]


def compared(name: str) -> str:
    """As names are the same: in either case, with whatever dashes and quotation marks.

    Never without accents and signs, as they are searched for: “バリ” is not “パリ”.
    """
    return fold(name).casefold()


def _names_in(document: Document) -> tuple[str, ...]:
    required = desk_type(document["type"]).declaration.must_have
    if not all(document.get(field) for field in required):
        return ()
    return type_named(document["type"]).facts(document).names


def _plural(letter: str) -> str:
    return type_named(desk_type_for(letter).name).plural
