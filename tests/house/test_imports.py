"""Imports point down, and public code reads only the record (DESIGN §3, invariant 1)."""

import ast
import inspect
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINTER = PYPROJECT["tool"]["importlinter"]
ROOMS = settings.ROOMS
# Files of a room that the public side is made of; document.py faces both sides.
PUBLIC_FILES = {"api.py", "filters.py", "urls.py", "views.py"}
# What rooms keep of the desk: models, and whatever works on them.
DESK_FILES = {"admin", "models"}


def modules() -> dict[str, Path]:
    """Our own modules by dotted name, migrations and tests left out."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for room in ["chronicle", *ROOMS]
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and path.name != "__init__.py"
    }


def imported(path: Path) -> set[str]:
    """Dotted names that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_import_contracts_hold():
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout
    assert f"Contracts: {len(LINTER['contracts'])} kept, 0 broken." in result.stdout


def test_every_room_stands_in_the_contract():
    layers = next(one for one in LINTER["contracts"] if one["type"] == "layers")["layers"]

    assert set(LINTER["root_packages"]) == {"chronicle", *ROOMS}
    assert {layer for layer in layers if "." not in layer} == set(ROOMS)


def test_every_public_file_stands_in_the_contract():
    """So that a new room or file is not forgotten."""
    public = next(one for one in LINTER["contracts"] if one["id"] == "public")
    files = {
        name
        for name, path in modules().items()
        if name.split(".")[0] in ROOMS[2:]
        and path.name in PUBLIC_FILES
        and len(name.split(".")) == 2
    }

    assert files <= set(public["source_modules"])
    assert "record" in public["source_modules"]


def test_public_modules_import_no_working_model_directly():
    """The same as the contract, without its machinery: what a file itself names."""
    wrong = {}
    for name, path in modules().items():
        room = name.split(".")[0]
        public = room == "record" or (room in ROOMS[2:] and path.name in PUBLIC_FILES)
        if not public and name not in ("chronicle.api", "chronicle.views"):
            continue
        bad = {
            target
            for target in imported(path)
            if target.split(".")[0] == "desk"
            or (target.split(".")[0] in ROOMS[2:] and DESK_FILES & set(target.split(".")))
        }
        if bad:
            wrong[name] = bad
    assert wrong == {}


def test_one_address_outside_the_desk_reads_what_is_not_published():
    """The exception that invariant 1 names, and no other."""
    outside = {
        route
        for route, view in views(get_resolver(), "")
        if view.__module__.split(".")[0] == "desk" and not route.startswith("desk/")
    }

    assert outside == {"preview/<str:secret>/"}


def views(resolver: URLResolver, route: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in resolver.url_patterns:
        whole = route + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from views(found, whole)
        else:
            yield whole, inspect.unwrap(found.callback)


def test_record_imports_no_room():
    for name, path in modules().items():
        if name.startswith("record."):
            rooms = {target.split(".")[0] for target in imported(path)} & set(ROOMS)
            assert rooms <= {"record"}, name


def test_only_the_door_writes_to_the_record():
    """Invariant 2: of all modules, one writes editions, versions and links.

    What a version would be is put together beside it, and not saved there. The loader of a
    package makes the editions that it read; what they hold is written by the one.
    """
    makers, writers = set(), set()
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            call = ast.unparse(node.func)
            if call in ("Edition", "Version", "Link"):
                makers.add(name)
            marks = call.endswith(".mark") and not call.startswith("ShownText.")
            if marks or any(
                call.startswith(f"{model}.objects.{verb}")
                for model in ("Edition", "Version", "Link", "model")
                for verb in ("create", "bulk_create", "get_or_create", "update_or_create")
            ):
                writers.add(name)

    assert makers == {"desk.publishing", "desk.versions", "packages.loading"}
    assert writers == {"desk.publishing"}
    assert ".save(" not in modules()["desk.versions"].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "where"),
    [("mark_safe", []), ("csrf_exempt", []), ("xframe_options_exempt", ["embeds.framing"])],
)
def test_no_module_vouches_for_markup_or_waives_protection(word: str, where: list[str]):
    """But for cards, which are for frames."""
    assert [name for name, path in modules().items() if word in imported_words(path)] == where


def imported_words(path: Path) -> set[str]:
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
    }
