"""Documents are read and written as REST framework itself would, word for word of its refusals."""

from collections import OrderedDict
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework import serializers

from desk.documents import schema_of
from desk.members import Members
from desk.reading import Reader, made_of
from desk.referred import followed
from desk.types import desk_type, desk_types
from desk.values import Key, Names, Text
from record.types import Document
from tests.desk.generated import LETTERS, Pool, documents, pool
from tests.desk.test_hostile_documents import junk, paths_of, spoilt

pytestmark = pytest.mark.django_db

TYPES = list(LETTERS)
briefly = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def others(kept: Any) -> Pool:
    return kept(pool)


def read_text(field: Text, data: Any = serializers.empty) -> Any:
    value = serializers.CharField.run_validation(field, data)
    return "" if value is None else value


def found_text(field: Text, row: Any) -> Any:
    value = serializers.CharField.get_attribute(field, row)
    return value if value or field.required_text else None


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Does something as the library would."""

    def within(do: Any) -> Any:
        with monkeypatch.context() as patched:
            for name in ("run_validation", "to_internal_value", "to_representation"):
                patched.setattr(Members, name, getattr(serializers.Serializer, name))
            patched.setattr(Text, "run_validation", read_text)
            patched.setattr(Text, "get_attribute", found_text, raising=False)
            patched.setattr(Text, "to_representation", serializers.CharField.to_representation)
            patched.setattr(Key, "run_validation", serializers.RegexField.run_validation)
            patched.setattr(Names, "run_validation", serializers.ListField.run_validation)
            return do()

    return within


def read(reader: Reader, document: Any) -> Any:
    """The values of the document, or why it has none."""
    reader.context["desk"] = reader.desk.seen_from(document if type(document) is dict else {})
    try:
        return reader.serializer.run_validation(document)
    except serializers.ValidationError as error:
        return error.detail


@pytest.mark.parametrize("type_name", TYPES)
def test_documents_are_read_as_the_library_reads_them(type_name: str, others: Pool, unhurried: Any):
    reader = Reader(desk_type(type_name), ())

    @briefly
    @given(documents(type_name, others, f"{LETTERS[type_name]}9000"), st.data())
    def check(document: Document, data: Any) -> None:
        for spoil in (False, True, True, True):
            if spoil:
                path = data.draw(st.sampled_from(paths_of(document)))
                how = data.draw(st.sampled_from(["replace", "remove", "add"]))
                document = spoilt(document, path, how, data.draw(junk))
            here, there = deepcopy(document), deepcopy(document)

            assert read(reader, here) == unhurried(lambda one=there: read(reader, one))
            if type(document) is not dict:
                break

    check()


@pytest.mark.parametrize("junk", [None, [], 7, "text", OrderedDict(id="E1")])
@pytest.mark.parametrize("type_name", TYPES)
def test_what_is_no_object_is_refused_as_the_library_refuses_it(
    type_name: str, junk: Any, unhurried: Any
):
    reader = Reader(desk_type(type_name), ())

    assert read(reader, junk) == unhurried(lambda: read(reader, junk))


@pytest.fixture
def written_alike(unhurried: Any) -> Any:
    """Writes a row of a type both ways, and compares, the order of members too."""

    def check(type_name: str, row: Any) -> None:
        serializer = schema_of(desk_type(type_name).declaration)
        ours = serializer.to_representation(row)
        theirs = unhurried(lambda: serializer.to_representation(row))
        assert list(ours.items()) == list(theirs.items())

    return check


@pytest.mark.parametrize("type_name", TYPES)
def test_entries_are_written_as_the_library_writes_them(type_name: str, full, written_alike: Any):
    written_alike(type_name, getattr(full, type_name))


@pytest.mark.parametrize("type_name", TYPES)
def test_new_entries_are_written_as_the_library_writes_them(
    type_name: str, others: Pool, written_alike: Any
):
    kind = desk_type(type_name)

    @briefly
    @given(documents(type_name, others, f"{LETTERS[type_name]}9000"))
    def check(document: Document) -> None:
        (found,), named = followed(kind, [document])
        made = made_of(Reader(kind, named), found, kind.model(public_id=document["id"]))
        written_alike(type_name, made.written)

    check()


def declarations() -> Iterator[Any]:
    """Of all types, with those of their rows."""

    def within(serializer: Any) -> Iterator[Any]:
        yield serializer
        for field in serializer.fields.values():
            if isinstance(inner := getattr(field, "child", field), serializers.Serializer):
                yield from within(inner)

    for kind in desk_types():
        yield from within(schema_of(kind.declaration))


def test_every_text_and_key_is_read_as_the_library_reads_it(unhurried: Any):
    def said(field: Any, value: Any) -> Any:
        try:
            return type(field).run_validation(field, value)
        except serializers.ValidationError as error:
            return error.detail

    fields = [
        field
        for serializer in declarations()
        for field in serializer.fields.values()
        if isinstance(field, Text | Key)
    ]
    assert len(fields) > 50
    for field in fields:
        longest = field.max_length or 400
        values = [None, "", " ", "a", " a ", "a\nb", "a\x00b", "\ud800", "x" * longest]
        values += ["x" * (longest + 1), "é" * (longest + 1), 5, 1.5, True, [], {}, b"a"]
        values += ["p1", "c1", "p0", "p01", "p1\n", " p1", "p12345678", "c1234567"]
        for value in [*values, serializers.empty]:
            ours = said(field, value)
            assert ours == unhurried(lambda one=field, given=value: said(one, given)), value


def test_no_member_needs_what_is_left_out():
    for serializer in declarations():
        assert isinstance(serializer, Members)
        assert not serializer.validators
        assert type(serializer).validate is serializers.Serializer.validate
        for name, field in serializer.fields.items():
            assert not hasattr(serializer, f"validate_{name}")
            assert "." not in str(field.source)
            assert not field.write_only
