"""What can go wrong, each with a message that says what and where."""

from typing import Any


class ChronicleError(Exception):
    """Anything that this package raises of itself."""


class Unreachable(ChronicleError):
    """The site does not answer, is busy for longer than we wait, or is no Chronicle."""


class Refused(ChronicleError):
    """The site says that it cannot answer: ``problem`` is what it says (RFC 9457)."""

    def __init__(self, address: str, status: int, problem: dict[str, Any]) -> None:
        self.status, self.problem = status, problem
        wrong = [f"{each['parameter']}: {each['detail']}" for each in problem.get("errors", ())]
        detail = str(problem.get("detail", "It does not say why."))
        super().__init__(f"{address} answers {status}. {' '.join([detail, *wrong])}")

    @property
    def parameters(self) -> list[str]:
        """Those that the site does not take as they are."""
        return [str(each["parameter"]) for each in self.problem.get("errors", ())]


class NotThere(Refused):
    """Nothing has been published under that name."""


class Gone(Refused):
    """The entry was withdrawn, merged or redacted. ``merged_into``: the id to go on with."""

    @property
    def tombstone(self) -> dict[str, Any]:
        found = self.problem.get("result")
        return found if isinstance(found, dict) else {}

    @property
    def merged_into(self) -> str | None:
        into: str | None = self.tombstone.get("merged_into")
        return into

    @property
    def keys(self) -> dict[str, str]:
        """What became of the parts of one that was merged, like ``{"E14/c3": "E9/c5"}``."""
        found = self.tombstone.get("keys")
        return found if isinstance(found, dict) else {}

    def __str__(self) -> str:
        said = super().__str__()
        return f"{said} Go on with {self.merged_into}." if self.merged_into else said


class AnotherRecord(ChronicleError):
    """What the site publishes does not go on from what the mirror holds."""


class InUse(ChronicleError):
    """Another process has the mirror's file to itself, for longer than we wait."""


class Damaged(ChronicleError):
    """A file or an answer does not fit its checksums, or is not what it should be."""
