"""Words that are looked up once a language."""

import pytest
from django.utils.translation import override

from chronicle import kept_words, languages
from chronicle.kept_words import gettext


def test_each_language_keeps_words_of_its_own():
    for _ in range(2):
        with override("fr"):
            assert gettext("the entry itself") == "la notice elle-même"
        with override("en-gb"):
            assert gettext("the entry itself") == "the entry itself"


def test_words_are_looked_up_once(monkeypatch):
    asked = []
    monkeypatch.setattr(
        kept_words.translation, "gettext", lambda message: asked.append(message) or message.upper()
    )
    unasked = "never asked for before"
    assert [gettext(unasked) for _ in range(3)] == ["NEVER ASKED FOR BEFORE"] * 3
    assert asked == [unasked]


def test_other_catalogues_have_other_words(settings, tmp_path):
    def in_french():
        with override("fr"):
            return gettext("the entry itself")

    own = settings.LOCALE_PATHS
    said = [in_french()]
    for paths in ([tmp_path], own):
        settings.LOCALE_PATHS = paths
        said.append(in_french())
    assert said == ["la notice elle-même", "the entry itself", "la notice elle-même"]


def test_language_is_asked_for_once_while_it_is_held(monkeypatch):
    asked = []
    monkeypatch.setattr(languages, "get_language", lambda: asked.append(1) or "fr")
    with languages.held():
        assert [languages.of_now() for _ in range(3)] == ["fr"] * 3
    assert len(asked) == 1
    assert languages.of_now() == "fr"
    assert len(asked) == 2


def test_language_is_not_held_after_an_error():
    with override("fr"), pytest.raises(ValueError, match="no"), languages.held():
        raise ValueError("no")
    with override("ru"):
        assert languages.of_now() == "ru"
