"""Languages and scripts in words."""

from django.utils.translation import get_language_info

SCRIPTS = {  # ISO 15924
    "Arab": "Arabic",
    "Armn": "Armenian",
    "Cyrl": "Cyrillic",
    "Geor": "Georgian",
    "Grek": "Greek",
    "Hebr": "Hebrew",
    "Latn": "Latin",
}


def language_name(tag: str) -> str:
    """The language in words; the tag itself where Django has no name for it."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def script_name(code: str | None) -> str:
    return SCRIPTS.get(code or "", code or "")
