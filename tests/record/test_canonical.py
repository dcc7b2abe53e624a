"""Canonical JSON against RFC 8785, and checksums against SHA-256 by hand."""

import hashlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.canonical import (
    LARGEST_INTEGER,
    NotCanonical,
    canonical,
    digest,
    edition_checksum,
    new_salt,
    selector_digest,
    version_checksum,
)

# The strings and literals of the example in RFC 8785, section 3.2.2 (its numbers are floats).
RFC_STRING = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
RFC_STRING_WRITTEN = '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


def texts():
    return st.text(st.characters(codec="utf-8", exclude_characters="\r")).map(
        lambda text: unicodedata.normalize("NFC", text)
    )


def values():
    plain = (
        st.none()
        | st.booleans()
        | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
        | texts().filter(lambda text: "\r" not in text)
    )
    names = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
    return st.recursive(
        plain, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=20
    )


def test_canonical_writes_the_strings_of_rfc_8785():
    assert canonical(RFC_STRING) == RFC_STRING_WRITTEN
    assert canonical([None, True, False]) == "[null,true,false]"


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("\b", "\\b"),
        ("\t", "\\t"),
        ("\n", "\\n"),
        ("\f", "\\f"),
        ('"', '\\"'),
        ("\\", "\\\\"),
        ("\x00", "\\u0000"),
        ("\x0b", "\\u000b"),
        ("\x1f", "\\u001f"),
        ("\x7f", "\x7f"),
        ("/", "/"),
        ("<", "<"),
        ("\u2028", "\u2028"),
        ("é", "é"),
        ("😂", "😂"),
    ],
)
def test_canonical_escapes_only_what_rfc_8785_escapes(character, written):
    assert canonical(character) == f'"{written}"'


def test_canonical_sorts_members_at_every_depth_and_keeps_the_order_of_lists():
    value = {"b": [{"z": 1, "a": 2}, 3, 1], "a": {"10": 1, "1": 2, "_": 3, "Z": 4}, "": 0}

    assert canonical(value) == ('{"":0,"a":{"1":2,"10":1,"Z":4,"_":3},"b":[{"a":2,"z":1},3,1]}')


def test_canonical_writes_integers_plainly_to_the_edge_of_what_json_readers_hold():
    assert canonical([0, -1, LARGEST_INTEGER, -LARGEST_INTEGER]) == (
        "[0,-1,9007199254740991,-9007199254740991]"
    )


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (1.0, "$: a float cannot stand in a document."),
        ({"a": [float("nan")]}, "$.a[0]: a float cannot stand in a document."),
        (2**53, "$: 9007199254740992 is too large for a JSON integer."),
        (-(2**53), "$: -9007199254740992 is too large for a JSON integer."),
        ({"a": "e\u0301"}, "$.a: the text is not in Unicode NFC with \\n line ends."),
        (["a\r\nb"], "$[0]: the text is not in Unicode NFC with \\n line ends."),
        ({"é": 1}, "$: member name 'é' is not ASCII text."),
        ({1: 1}, "$: member name 1 is not ASCII text."),
        ({"a": {1, 2}}, "$.a: a set cannot stand in a document."),
        (b"bytes", "$: a bytes cannot stand in a document."),
    ],
)
def test_canonical_refuses_what_a_document_cannot_hold(value, complaint):
    with pytest.raises(NotCanonical) as refused:
        canonical(value)

    assert str(refused.value) == complaint


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb", {"a": ["\udc00"]}])
def test_canonical_refuses_lone_surrogates(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize("depth", [300, 100_000])
def test_canonical_refuses_endless_nesting(depth):
    value = []
    for _ in range(depth):
        value = [value]

    with pytest.raises(NotCanonical):
        canonical(value)


@given(values())
def test_canonical_is_read_back_as_it_was_and_written_again_as_it_is(value):
    text = canonical(value)

    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9)))
def test_canonical_does_not_depend_on_the_order_of_members(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_version_checksum_is_sha_256_of_salt_then_document():
    document = '{"id":"E1","title":"Gəncə"}'

    assert version_checksum("00ff", document) == (
        hashlib.sha256(b"00ff" + document.encode()).hexdigest()
    )
    # printf '00ff{"id":"E1"}' | sha256sum
    assert version_checksum("00ff", '{"id":"E1"}') == (
        "60d008bc856b77d94468635b54897ec067ee80a5d48ee5480de990d976d8ef27"
    )


def test_salts_are_128_random_bits():
    salts = {new_salt() for _ in range(100)}

    assert len(salts) == 100
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}


def test_selector_digest_is_of_the_canonical_selector():
    selector = {"start": "In July", "end": None, "prefix": None, "suffix": "the host"}
    written = '{"end":null,"prefix":null,"start":"In July","suffix":"the host"}'

    assert selector_digest(selector) == hashlib.sha256(written.encode()).hexdigest()
    assert selector_digest(selector) == digest(written)


def test_edition_checksum_is_of_all_that_the_edition_says():
    said = {
        "number": 2,
        "published_at": "2026-11-23T10:00:00Z",
        "reason": "A correction.",
        "by": "editor",
        "approved_by": "chief editor",
        "four_eyes": True,
        "versions": [
            {"id": "E2", "change": "new", "checksum": "22"},
            {"id": "E10", "change": "correction", "checksum": "10"},
        ],
        "previous": "ff",
    }
    written = (
        '{"approved_by":"chief editor","by":"editor","four_eyes":true,"number":2,'
        '"previous":"ff","published_at":"2026-11-23T10:00:00Z","reason":"A correction.",'
        '"versions":[{"change":"correction","checksum":"10","id":"E10"},'
        '{"change":"new","checksum":"22","id":"E2"}]}'
    )
    checksum = edition_checksum(**said)

    assert checksum == hashlib.sha256(written.encode()).hexdigest()
    assert edition_checksum(**{**said, "versions": said["versions"][::-1]}) == checksum
    for member, other in {
        "number": 3,
        "published_at": "2026-11-23T10:00:01Z",
        "reason": "Another.",
        "by": "administrator",
        "approved_by": "editor",
        "four_eyes": False,
        "versions": said["versions"][:1],
        "previous": None,
    }.items():
        assert edition_checksum(**{**said, member: other}) != checksum, member
