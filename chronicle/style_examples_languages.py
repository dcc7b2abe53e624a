"""Examples of what is told of languages, for the style page."""

from typing import Any

from chronicle.languages import Spoken
from chronicle.told import told
from record.phrases import phrase
from record.rows import Value

LANGUAGE_EXAMPLES: dict[str, dict[str, Any]] = {
    "_languages": {
        "languages": [
            Spoken("en-GB", "English", "/events/", True),
            Spoken("fr", "Français", "/fr/events/", False),
        ]
    },
    "_stance": {"stance": "disputes"},
    "_state": {"state": "withdrawn"},
    "_phrase": {"value": phrase("name “%(name)s”", name=Value("le lac", language="fr"))},
    "_told": {"line": f"participant p2 ({told('le lac', 'fr')}): role"},
    "_worded": {"words": "le lac", "language": "fr"},
}
