"""CSL-JSON as far as it is written here, for tests."""

from jsonschema import Draft7Validator

from sources.bibliography.kinds import CSL

# What we write of CSL-JSON 1.0.2 and nothing else, as its schema allows it (csl-data.json of
# github.com/citation-style-language/schema at 40b3ce0): a date has no EDTF there.
TEXT = {"type": "string", "minLength": 1}
NAME = {
    "type": "object",
    "anyOf": [
        {"required": ["family"], "properties": {"family": TEXT, "given": TEXT, "suffix": TEXT}},
        {"required": ["literal"], "properties": {"literal": TEXT}},
    ],
}
NAMES = {"type": "array", "minItems": 1, "items": NAME}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": list(CSL.values())},
            **dict.fromkeys(
                ["id", "title", "publisher", "container-title", "URL", "language", "note"], TEXT
            ),
            **dict.fromkeys(["DOI", "ISBN", "ISSN", "number", "version"], TEXT),
            **dict.fromkeys(["author", "editor", "translator"], NAMES),
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "minProperties": 1,
                "properties": {
                    "literal": TEXT,
                    "season": {"enum": [1, 2, 3, 4]},
                    "circa": {"const": True},
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 3,
                            "items": {"type": "integer"},
                        },
                    },
                },
            },
            "custom": {"type": "object"},
        },
    },
}
CSL_JSON = Draft7Validator(SCHEMA)
