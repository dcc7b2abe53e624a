"""Lines of words that carry the language of their pieces."""

from chronicle.texts import CONTROL
from chronicle.told import BEGIN, END, WORDS, pieces, told, untold

LINE = f"participant p2 ({told('Посланник', 'ru')}, {told('Elçi', 'az')})"


def test_pieces_have_their_language():
    assert list(pieces(LINE)) == [
        ("participant p2 (", ""),
        ("Посланник", "ru"),
        (", ", ""),
        ("Elçi", "az"),
        (")", ""),
    ]
    assert list(pieces("Talks")) == [("Talks", "")]
    assert list(pieces("")) == []


def test_a_line_can_be_had_without_them():
    assert untold(LINE) == "participant p2 (Посланник, Elçi)"
    assert untold("Talks") == told("Talks", "") == "Talks"
    assert told("", "ru") == ""


def test_no_text_of_the_record_has_their_characters():
    assert all(CONTROL.match(character) for character in (BEGIN, WORDS, END))
