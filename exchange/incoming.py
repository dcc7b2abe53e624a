"""A file on its way in, whichever it is: tables of entries, or a bibliography."""

from collections.abc import Mapping, Sequence

from exchange.bibliography import Offered, offered, plan_items
from exchange.formats import read_file
from exchange.models import ImportedFile
from exchange.planned import Plan
from exchange.planning import plan
from exchange.problems import NotTaken
from sources.bibliography.formats import is_bibliography, read_bibliography
from sources.bibliography.items import Item, NotRead


class Incoming:
    """``choices``: of a bibliography, what is chosen for its items; ``items``: those that have
    been read of it. Raises ``NotTaken``."""

    def __init__(
        self,
        data: bytes,
        name: str,
        *,
        of_another_desk: bool,
        choices: Mapping[str, str],
        items: Sequence[Item] = (),
    ) -> None:
        self.data, self.name, self.of_another_desk = data, name, of_another_desk
        self.items = items or _items(data)
        self.offered: Sequence[Offered] = offered(self.items, choices) if self.items else ()
        self.choices = {str(each.number): each.chosen for each in self.offered}

    def plan(self) -> Plan:
        """Raises ``NotTaken`` or ``Faulty``."""
        if self.items:
            return plan_items(self.items, self.choices)
        return plan(read_file(self.data, self.name), of_another_desk=self.of_another_desk)


def _items(data: bytes) -> Sequence[Item]:
    """Of a bibliography; none of tables."""
    if not is_bibliography(data):
        return ()
    try:
        return read_bibliography(data)
    except NotRead as error:
        raise NotTaken(str(error)) from error


def incoming(file: ImportedFile, choices: Mapping[str, str]) -> Incoming:
    return Incoming(
        bytes(file.data),
        file.name,
        of_another_desk=file.of_another_desk,
        choices=choices,
        items=file.read_items,
    )
