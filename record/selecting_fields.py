"""Which fields of entries an answer holds: ``fields=title,participants.actor``, ``omit=citations``.

Names are those of the declarations, with dots into parts. What a result, a part or a citation is
known by (``id`` and ``type``; ``key``) is always given. ``expand`` puts entries in place of their
ids, so that names go on into them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from record.differences import declared
from record.filter_fields import values_in, written
from record.problems import ParameterError
from record.shapes import Serializer, result_object
from record.types import type_of

FIELDS, OMIT, EXPAND = SHAPING = ("fields", "omit", "expand")
PICKING = (FIELDS, OMIT)  # of what refers to no entries
SHOWN = 60  # characters of what is unknown, in the error that says so
MOST_NEAR = 3  # names offered instead

Path = tuple[str, ...]
Tree = dict[str, "Tree | None"]  # what is given, by name; ``None``: all of it


@dataclass(frozen=True)
class Shaping:
    """What is asked of results. ``tree``: what they hold, ``None`` for everything; ``expand``:
    where entries stand in place of their ids."""

    tree: Tree | None = None
    expand: tuple[Path, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether results are as they were published."""
        return self.tree is None and not self.expand

    def keeps(self, *path: str) -> bool:
        return below(self.tree, path) is not MISSING

    def of(self, path: Path) -> "Shaping":
        """What is asked of the entries at ``path``."""
        found = below(self.tree, path)
        return Shaping(found if isinstance(found, dict) else None)


WHOLE = Shaping()
MISSING = object()


def read_shaping(
    query: Mapping[str, Any], shape: type[Serializer], errors: list[ParameterError]
) -> Shaping:
    """What is wrong with it is added to ``errors``. ``shape`` describes one result."""
    expand = _read_expand(query, declared(shape), errors)
    shaping = Shaping(_read_tree(query, shape, expand, errors), expand)
    for path in expand:
        if not shaping.keeps(*path):
            detail = f"“{'.'.join(path)}” is not among what is asked for with “fields” and “omit”."
            errors.append(ParameterError(EXPAND, detail))
    return shaping


def read_picking(
    query: Mapping[str, Any], shape: type[Serializer], errors: list[ParameterError]
) -> Tree | None:
    """Without ``expand``: what the results hold, ``None`` for everything."""
    return _read_tree(query, shape, (), errors)


def _read_tree(
    query: Mapping[str, Any],
    shape: type[Serializer],
    expand: tuple[Path, ...],
    errors: list[ParameterError],
) -> Tree | None:
    root = declared(shape)
    fields = _read_paths(query, FIELDS, root, expand, errors)
    omit = _read_paths(query, OMIT, root, expand, errors)
    tree = _picking(root, fields, expand) if fields else None
    for path in omit:
        if path[-1] in _known_by(root, path[:-1], expand):
            detail = f"“{'.'.join(path)}” is always given: it says what the rest is of."
            errors.append(ParameterError(OMIT, detail))
        else:
            tree = _without(tree, root, path, expand)
    return tree


def picked(value: Any, tree: Tree | None) -> Any:
    """Of a document, or of a value of it, what the tree has; what is there stays as it is."""
    if tree is None:
        return value
    if isinstance(value, list):
        return [picked(each, tree) for each in value]
    if not isinstance(value, dict):
        return value  # nothing is recorded there
    return {
        name: each if tree[name] is None else picked(each, tree[name])
        for name, each in value.items()
        if name in tree
    }


def below(tree: Tree | None, path: Path) -> Any:
    """What of the tree is at ``path``; ``MISSING`` where it is left out."""
    for name in path:
        if tree is None:
            return None
        if name not in tree:
            return MISSING
        tree = tree[name]
    return tree


def values_at(document: Mapping[str, Any], path: Path) -> list[Any]:
    """Whatever stands at ``path``: one value, or those of each row."""
    found: list[Any] = [document]
    for name in path:
        values = [each[name] for each in found if name in each]
        found = []
        for value in values:
            if isinstance(value, list):
                found += value
            elif value is not None:
                found.append(value)
    return found


@cache
def references_in(shape: type[Serializer]) -> Mapping[Path, Any]:
    """Where results name other entries or parts of them, and the field that says how."""
    return dict(_references(declared(shape), ()))


def _references(serializer: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    for name, field in serializer.fields.items():
        inner = getattr(field, "child", field)
        if hasattr(field, "targets"):
            yield (*path, name), field
        elif hasattr(inner, "fields"):
            yield from _references(inner, (*path, name))


def expandable(shape: type[Serializer]) -> dict[str, Path]:
    """What can be put in place: entries, and not parts of them."""
    found = references_in(shape).items()
    return {".".join(path): path for path, field in found if not hasattr(field, "part")}


def _shape_of(reference: Any) -> type[Serializer]:
    """What stands in its place; where that may be of several types, the field says ``shape``."""
    shape: type[Serializer] | None = getattr(reference, "shape", None)
    return shape or result_object(type_of(f"{reference.to}1").name)


# Reading --------------------------------------------------------------------------------------


def _read_expand(
    query: Mapping[str, Any], root: Serializer, errors: list[ParameterError]
) -> tuple[Path, ...]:
    allowed = expandable(type(root))
    names = values_in(query, EXPAND)
    if unknown := next((name for name in names if name not in allowed), None):
        detail = f"“{unknown[:SHOWN]}” names no entries that can be put in place."
        if tuple(unknown.split(".")) in references_in(type(root)):
            detail = f"“{unknown}” names parts of entries; whole entries alone are put in place."
        errors.append(ParameterError(EXPAND, detail + _perhaps(unknown, allowed), list(allowed)))
    elif not names and written(query, EXPAND):
        errors.append(ParameterError(EXPAND, "Name what is to be put in place.", list(allowed)))
    return tuple(allowed[name] for name in names if name in allowed)


def _read_paths(
    query: Mapping[str, Any],
    name: str,
    root: Serializer,
    expand: tuple[Path, ...],
    errors: list[ParameterError],
) -> list[Path]:
    """Those that there are; the first that there is not is told."""
    texts = values_in(query, name)
    paths = [tuple(text.split(".")) for text in texts]
    if not texts and written(query, name):
        allowed = list(_members(root, (), expand))
        errors.append(ParameterError(name, "Name fields, with commas between them.", allowed))
    wrong = {path: error for path in paths if (error := _unknown(name, root, path, expand))}
    errors += list(wrong.values())[:1]
    return [path for path in paths if path not in wrong]


def _unknown(
    parameter: str, root: Serializer, path: Path, expand: tuple[Path, ...]
) -> ParameterError | None:
    for number, name in enumerate(path):
        before = path[:number]
        members = _members(root, before, expand)
        if name in members:
            continue
        said, prefix = ".".join(path)[:SHOWN], ".".join(before)
        if not members:
            detail = f"“{said}” is nothing: “{prefix}” is one value, with no fields of its own."
            if before in references_in(type(root)):
                detail = (
                    f"“{said}” is a field of another entry, which stands here by its id: put it "
                    f"in place with “{EXPAND}={prefix}”."
                )
            return ParameterError(parameter, detail)
        allowed = [".".join([*before, each]) for each in members]
        detail = f"“{said}” is no field here.{_perhaps('.'.join(path[: number + 1]), allowed)}"
        return ParameterError(parameter, detail, allowed)
    return None


def _perhaps(text: str, allowed: Iterable[str]) -> str:
    near = get_close_matches(text, list(allowed), n=MOST_NEAR)
    return f" Perhaps: {', '.join(near)}." if near else ""


# What there is, by the declarations -----------------------------------------------------------


def _at(root: Serializer, path: Path, expand: tuple[Path, ...]) -> Any:
    """The field, or the description of an entry in place, at ``path``."""
    here: Any = root
    for number, name in enumerate(path, 1):
        here = _fields(here).get(name)
        if path[:number] in expand:
            here = declared(_shape_of(here))
    return here


def _fields(field: Any) -> Mapping[str, Any]:
    """The fields of a declaration, or of the rows of a list; of a date its members."""
    inner = getattr(field, "child", field)
    if hasattr(inner, "fields"):
        return dict(inner.fields)
    return dict.fromkeys(getattr(inner, "members", ()))


def _members(root: Serializer, path: Path, expand: tuple[Path, ...]) -> Mapping[str, Any]:
    return _fields(_at(root, path, expand))


def _known_by(root: Serializer, path: Path, expand: tuple[Path, ...]) -> tuple[str, ...]:
    """What is always given at ``path``."""
    at = _at(root, path, expand)
    inner = getattr(at, "child", at)
    is_entry = not path or path in expand
    identity: tuple[str, ...] = getattr(inner, "identity", ("id", "type") if is_entry else ())
    return identity


def _picking(root: Serializer, paths: Iterable[Path], expand: tuple[Path, ...]) -> Tree:
    tree: Tree = dict.fromkeys(_known_by(root, (), expand))
    for path in paths:
        here = tree
        for number, name in enumerate(path[:-1], 1):
            inner = here.setdefault(name, dict.fromkeys(_known_by(root, path[:number], expand)))
            if inner is None:
                break  # all of it is asked for
            here = inner
        else:
            here[path[-1]] = None
    return tree


def _without(tree: Tree | None, root: Serializer, path: Path, expand: tuple[Path, ...]) -> Tree:
    """The tree without what is at ``path``, where it has that."""
    whole: Tree = dict.fromkeys(_fields(root)) if tree is None else tree
    here = whole
    for number, name in enumerate(path[:-1], 1):
        if name not in here:
            return whole
        inner = here[name]
        if inner is None:
            inner = here[name] = dict.fromkeys(_members(root, path[:number], expand))
        here = inner
    here.pop(path[-1], None)
    return whole
