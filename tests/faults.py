"""Something failing at a chosen step: a statement, or the process itself.

A step is a statement that is sent to the database, or a commit.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import django
from django.apps import apps

if not apps.ready:  # in the process that the processes to be killed are forked from
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.db import OperationalError, connection, transaction

from tests.desk.acts import ACTS, Given

COMMIT = "COMMIT"
# Forked from a process that has read everything and opened nothing: quick, and a process for all
# that.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "tests.faults"])
PATIENCE = 60  # seconds for a process to get where it is waited for


class Interrupted(OperationalError):
    """A step failed, as when a disk is full or a server goes away."""


@contextmanager
def at_each_step(meet: Callable[[str], None]) -> Iterator[None]:
    """``meet`` is told each statement just before it is sent, and each commit before it is done."""
    commit = connection.commit

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        meet(sql)
        return execute(sql, params, many, context)

    def committing() -> None:
        meet(COMMIT)
        commit()

    with connection.execute_wrapper(statement), mock.patch.object(connection, "commit", committing):
        yield


@contextmanager
def failing_at(step: int) -> Iterator[list[str]]:
    """Step number ``step``, from 1, raises ``Interrupted``. Yields the steps before it, growing."""
    done: list[str] = []
    failed = False

    def meet(sql: str) -> None:
        nonlocal failed
        if not failed and len(done) == step - 1:
            failed = True
            raise Interrupted(sql)
        if not failed:
            done.append(sql)

    with at_each_step(meet):
        yield done


def steps_of(name: str, given: Given, *, then: Callable[[], list[str]] = list) -> int:
    """How many statements the act takes when it succeeds, within two of it. It is undone again.

    Nothing may be wrong, as ``then`` says, before that.
    """
    steps: list[str] = []
    with transaction.atomic():
        with at_each_step(steps.append):
            ACTS[name].publish(**given)
        assert then() == []
        transaction.set_rollback(True)
    return len(steps)


def kill_at(step: int | str | None, name: str, given: Given) -> None:
    """Do the act in a process of its own, killed when it comes to this step: a number, or the
    commit. ``None``: killed after all of them."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(
        target=act_until,
        args=(step, name, given, connection.settings_dict["NAME"], there),
        daemon=True,
    )
    process.start()
    there.close()
    try:
        assert here.poll(PATIENCE), "It is stuck."
        assert here.recv() == step
    finally:
        process.kill()
        process.join(PATIENCE)
        here.close()
    assert process.exitcode == -signal.SIGKILL
    process.close()


def act_until(step: int | str | None, name: str, given: Given, database: str, pipe: Any) -> None:
    """In the process: say through ``pipe`` that the step has been reached, and wait for the end."""
    connection.settings_dict["NAME"] = database
    met = 0

    def meet(sql: str) -> None:
        nonlocal met
        met += 1
        if step in (met, sql):
            wait()

    def wait() -> None:
        pipe.send(step)
        pipe.recv()

    with at_each_step(meet):
        ACTS[name].publish(**given)
    wait() if step is None else pipe.send(None)
