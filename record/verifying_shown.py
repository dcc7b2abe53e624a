"""Whether what the public reads of sources' texts is what the record's documents name."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import orjson

from record.canonical import digest, selector_digest
from record.models import ShownPassage, ShownText, State, Version


def shown_faults(counts: Counter[str]) -> Iterator[str]:
    """Texts by their digests, passages by the citations that they are of.

    One query a text, and three: what a redaction takes is not to be found here any more.
    """
    named = _texts_named()
    for pk in ShownText.objects.order_by("pk").values_list("pk", flat=True):
        text = ShownText.objects.get(pk=pk)
        counts["shown texts"] += 1
        if digest(text.text) != text.sha256:
            yield f"The text of {text} that is shown does not fit its digest."
        if text.sha256 not in named[text.source]:
            yield f"A text of {text} is kept to be shown, and no version names it."
    rows = list(ShownPassage.objects.order_by("pk").defer("before", "passage", "after"))
    counts["shown passages"] = len(rows)
    cited = _cited({row.public_id for row in rows})
    for row in rows:
        if row.text not in named[row.source]:
            yield f"The passage of {row} is of a text that no version of the source names."
        if (row.public_id, row.citation, row.selector) not in cited:
            yield f"The passage of {row} is kept to be shown, and no version cites it."


def _texts_named() -> dict[str, set[str]]:
    """By source, all texts that its versions name."""
    named = defaultdict(set)
    versions = Version.objects.filter(type="source", redacted_in=None, state=State.PUBLISHED)
    for public_id, text in versions.values_list("public_id", "document").iterator():
        sha256 = orjson.loads(text).get("text_sha256")
        if sha256:
            named[public_id].add(sha256)
    return named


def _cited(public_ids: set[str]) -> set[tuple[str, str, str]]:
    versions = Version.objects.filter(redacted_in=None, state=State.PUBLISHED)
    if not public_ids:
        return set()
    return {
        (public_id, citation["key"], selector_digest(citation["selector"]))
        for public_id, text in versions.filter(public_id__in=public_ids)
        .values_list("public_id", "document")
        .iterator()
        for citation in orjson.loads(text).get("citations", ())
        if citation["selector"]
    }
