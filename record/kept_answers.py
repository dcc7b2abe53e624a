"""Answers of public addresses, kept in memory under their ETags.

An ETag names everything that an answer depends on, so what is kept under it is what would be
answered now. The first answer after a new edition or check clears away those of before, so that
no text outlives its redaction here.
"""

from collections import OrderedDict
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase

LARGEST = 1_000_000  # bytes of one answer

State = tuple[str, int]  # as ``Record.state``


class Answer(NamedTuple):
    content: bytes
    headers: dict[str, str]


class KeptAnswers:
    """Those of one state of the record; whichever was not asked for longest goes first."""

    def __init__(self) -> None:
        self.answers: OrderedDict[str, Answer] = OrderedDict()
        self.state: State = ("", 0)
        self.size = 0
        self.lock = Lock()

    def get(self, mark: str) -> HttpResponse | None:
        with self.lock:
            answer = self.answers.get(mark)
            if answer is None:
                return None
            self.answers.move_to_end(mark)
        return HttpResponse(answer.content, headers=answer.headers)

    def keep(self, mark: str, response: HttpResponseBase, state: State) -> None:
        """Keep the answer, if it is one that can be given to everybody."""
        if (
            type(response) is not HttpResponse
            or response.status_code != HTTPStatus.OK
            or response.cookies
            or len(response.content) > min(LARGEST, settings.KEPT_ANSWERS_BYTES)
        ):
            return
        with self.lock:
            if state != self.state:
                self.answers.clear()
                self.state, self.size = state, 0
            if mark not in self.answers:
                self.answers[mark] = Answer(response.content, dict(response.headers))
                self.size += len(response.content)
            while self.size > settings.KEPT_ANSWERS_BYTES:
                _, dropped = self.answers.popitem(last=False)
                self.size -= len(dropped.content)


kept_answers = KeptAnswers()
