"""Examples of what is told of languages, for the style page."""

from typing import Any

from chronicle.languages import Spoken

LANGUAGE_EXAMPLES: dict[str, dict[str, Any]] = {
    "_languages": {
        "languages": [
            Spoken("en-GB", "English", "/events/", True),
            Spoken("fr", "Français", "/fr/events/", False),
        ]
    },
    "_stance": {"stance": "disputes"},
    "_state": {"state": "withdrawn"},
    "_worded": {"words": "le lac", "language": "fr"},
}
