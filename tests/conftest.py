"""The cast, and what keeps one test from another."""

import datetime
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection, transaction
from django.template import engines
from django.test import Client
from pytest_django.plugin import blocking_manager_key

from desk.roles import ADMINISTRATOR, CHIEF_EDITOR, CONTRIBUTOR, EDITOR
from record import search
from tests import overdue
from tests.examples import FullWorld, full_world
from tests.kept import Kept, keep
from tests.schema import kept_schema
from tests.threads import database_for_threads

DROPPED_TRIGGERS: list[str] = []
COMMITTED = pytest.StashKey[bool]()
PASSWORD = "correct horse battery staple"


def pytest_collection_finish() -> None:
    """What is there for good need not be looked through for rubbish again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def schema() -> Iterator[ExitStack]:
    """New databases get their tables from a file until it is closed."""
    with ExitStack() as stack:
        stack.enter_context(kept_schema())
        yield stack


@pytest.fixture(scope="session")
def django_db_setup(schema: ExitStack, django_db_setup: None) -> None:
    """pytest-django's, once ``schema`` is there."""
    schema.close()


@dataclass(frozen=True)
class Cast:
    """One person a role; the reader is nobody."""

    contributor: User
    editor: User
    chief_editor: User
    administrator: User


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast(
        contributor=member(CONTRIBUTOR),
        editor=member(EDITOR),
        chief_editor=member(CHIEF_EDITOR),
        administrator=User.objects.create_superuser(ADMINISTRATOR, password=PASSWORD),
    )


@pytest.fixture
def contributor(cast: Cast) -> User:
    return cast.contributor


@pytest.fixture
def editor(cast: Cast) -> User:
    return cast.editor


@pytest.fixture
def chief_editor(cast: Cast) -> User:
    return cast.chief_editor


@pytest.fixture
def administrator(cast: Cast) -> User:
    return cast.administrator


@pytest.fixture
def people(cast: Cast) -> dict[str, User]:
    """Who publishes where it does not matter: what ``world.publish_all`` asks for."""
    return {"by": cast.contributor, "approved_by": cast.editor}


@pytest.fixture(scope="session")
def full_world_kept(django_db_setup: None, django_db_blocker: Any) -> Kept:
    """The full world as rows, built by people of the same names as the cast's."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {"by": member(CONTRIBUTOR), "approved_by": member(EDITOR)}
        kept = keep(lambda: full_world(**people))
        transaction.set_rollback(True)
    return kept


@pytest.fixture
def full(full_world_kept: Kept, cast: Cast) -> FullWorld:
    """``examples.full_world``, by contributor and editor. Nothing may be there before it."""
    return full_world_kept.put_back()


_worlds: dict[Callable[[Cast], Any], Kept] = {}


@pytest.fixture
def kept(cast: Cast) -> Callable[[Callable[[Cast], Any]], Any]:
    """``kept(build)``: the world that ``build(cast)`` makes and returns, built once by a process.

    ``build``: a function of a module. Nothing but the cast may be there before it.
    """

    def put_back(build: Callable[[Cast], Any]) -> Any:
        if build not in _worlds:
            _worlds[build] = keep(lambda: build(cast))
        return _worlds[build].put_back()

    return put_back


@pytest.fixture
def threads(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database in which several threads can work at one instant. Asked for first of all."""
    with database_for_threads(tmp_path):
        yield


@pytest.fixture
def still_clock() -> Iterator[None]:
    """Nothing ends while it lasts: limits count anew where a minute or an hour begins."""
    now = datetime.datetime.now(datetime.UTC)
    with time_machine.travel(now.replace(minute=30, second=30), tick=False):
        yield


@pytest.fixture
def reader() -> Client:
    """Someone without an account."""
    return Client()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """The browser of one of the cast, signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def member(role: str, name: str = "") -> User:
    """One more member of the staff with this role."""
    user = User.objects.create_user(
        name or role.replace(" ", "-"), password=PASSWORD, is_staff=True
    )
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture(autouse=True)
def _nothing_outlives_a_test() -> Iterator[None]:
    """Rate limits count in the cache."""
    yield
    cache.clear()
    overdue.forget()


@pytest.fixture(autouse=True)
def _committed_record_is_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit are followed by a flush, which the record's own guards would refuse.

    On PostgreSQL it truncates, which no guard sees.
    """
    mark = request.node.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction", False)
    if not commits and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    request.node.stash[COMMITTED] = True
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for name, statement in cursor.fetchall():
                if name.endswith("_kept"):
                    DROPPED_TRIGGERS.append(statement)
                    cursor.execute(f"DROP TRIGGER {name}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After that flush, the database is as new for whatever test comes next. After the last one
    there is none.

    The search table is no model's, so that no flush empties it; nor are numbers taken back.
    """
    try:
        yield
    finally:
        if nextitem is not None and item.stash.get(COMMITTED, False):
            with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
                for trigger in DROPPED_TRIGGERS:
                    cursor.execute(trigger)
                if connection.vendor == "sqlite":
                    cursor.execute("DELETE FROM sqlite_sequence")
                search.rebuild()
            DROPPED_TRIGGERS.clear()


class MissingVariable(str):
    """What a template in Django's language gets for a variable that is missing: in ours, an error,
    as it always is in those of public pages, which are in Jinja2.

    Django's and allauth's own templates rely on missing ones, and get nothing, as ever.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        template = sys._getframe(1).f_locals["context"].render_context.template
        return is_ours(template.origin.name)

    def __contains__(self, piece: object) -> bool:
        return piece == "%s"

    def __mod__(self, variable: Any) -> str:
        template = sys._getframe(1).f_locals["context"].render_context.template
        raise AssertionError(f"{template.origin.name} has no {variable}.")


def is_ours(template: str) -> bool:
    path = Path(template)
    return path.is_relative_to(settings.BASE_DIR) and not (
        {".venv", "admin", "allauth", "account", "mfa"} & set(path.parts)
    )


@pytest.fixture(autouse=True, scope="session")
def _missing_template_variables_raise() -> None:
    engines["django"].engine.string_if_invalid = MissingVariable()
