"""What the public read of sources' texts, and no version that is left names, goes for good."""

import orjson

from record.canonical import selector_digest
from record.models import ShownPassage, ShownText, State, Version


def forget_shown(public_id: str) -> None:
    """Called by ``desk.publishing`` when versions of the entry have been redacted.

    Of a source, the texts that only those named; of what cites, the passages that only those
    cited. A handful of statements.
    """
    kept = Version.objects.filter(public_id=public_id, redacted_in=None, state=State.PUBLISHED)
    texts, cited = set(), set()
    for text in kept.values_list("document", flat=True):
        document = orjson.loads(text)
        texts.add(document.get("text_sha256"))
        cited |= {
            (citation["key"], selector_digest(citation["selector"]))
            for citation in document.get("citations", ())
            if citation["selector"]
        }
    ShownText.objects.filter(source=public_id).exclude(sha256__in=texts - {None}).forget()
    ShownPassage.objects.filter(source=public_id).exclude(text__in=texts - {None}).forget()
    passages = ShownPassage.objects.filter(public_id=public_id)
    gone = [row.pk for row in passages if (row.citation, row.selector) not in cited]
    ShownPassage.objects.filter(pk__in=gone).forget()
