"""Languages and scripts in words."""

from chronicle.localised import language_in_words, script_in_words


def language_name(tag: str) -> str:
    """The language in words; the tag itself where it has no name."""
    return language_in_words(tag) or tag


def script_name(code: str | None) -> str:
    return script_in_words(code or "") or code or ""
