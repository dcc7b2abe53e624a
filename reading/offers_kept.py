"""Dates and names of texts, found when a text is loaded and kept: of a book that takes seconds."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from chronicle.deployment import digest_of
from reading.known import known_entries
from reading.models import KeptOffers
from reading.recognition import DateFound, Known, NameFound, dates_in, names_in
from sources.models import SourceText
from sources.selectors import FoldedText, Span

# What decides which dates and names are found where.
DECIDES = (
    *("reading/recognition/*.py", "sources/selectors.py", "record/folding.py"),
    "record/verbatim.py",
    *("chronicle/date*.py", "requirements.txt"),
)


@cache
def recogniser() -> str:
    """Its release: another one may find something else. Read once a process."""
    base = Path(settings.BASE_DIR)
    return digest_of(base, [file for pattern in DECIDES for file in base.glob(pattern)])


def digest_of_known(known: Sequence[Known]) -> str:
    return sha256(orjson.dumps([tuple(each) for each in known])).hexdigest()


def kept_dates(text: SourceText, folded: FoldedText) -> list[DateFound] | None:
    """No query, of texts asked for with their ``kept_offers``; ``None`` where none are kept that
    this release has found."""
    kept: KeptOffers | None = getattr(text, "kept_offers", None)
    if kept is None or kept.recogniser != recogniser():
        return None
    return [
        DateFound(Span(start, end), folded.text[start:end], edtf, bool(why), why)
        for start, end, edtf, why in orjson.loads(kept.dates)
    ]


def kept_names(
    text: SourceText, folded: FoldedText, known: Sequence[Known]
) -> list[NameFound] | None:
    """As `kept_dates`; ``None`` as well where other names were known."""
    kept: KeptOffers | None = getattr(text, "kept_offers", None)
    if kept is None or (kept.recogniser, kept.known) != (recogniser(), digest_of_known(known)):
        return None
    return [
        NameFound(Span(start, end), folded.text[start:end], tuple(candidates))
        for start, end, candidates in orjson.loads(kept.names)
    ]


def keep_offers(key: int) -> None:
    """Of the text with this primary key, if it is still there; what is kept already stays. The
    text is not locked while it is read."""
    text = SourceText.objects.select_related("kept_offers").filter(pk=key).first()
    if text is None:
        return
    folded, known = FoldedText(text.text, []), known_entries()
    dates = kept_dates(text, folded)
    if dates is not None and kept_names(text, folded, known) is not None:
        return
    dates = dates_in(folded) if dates is None else dates
    names = names_in(folded, known, dates=dates)
    values = {
        "recogniser": recogniser(),
        "known": digest_of_known(known),
        "dates": _json([[*each.span, each.edtf, each.why] for each in dates]),
        "names": _json([[*each.span, each.candidates] for each in names]),
    }
    with transaction.atomic():
        # A text does not change, but it can go: whoever removes it waits, or has done it.
        same = SourceText.objects.select_for_update(no_key=True).order_by().filter(pk=key)
        if list(same.values_list("pk")):
            KeptOffers.objects.update_or_create(text_id=key, defaults=values)


def keep_offers_when_loaded(instance: SourceText, **_: Any) -> None:
    """Sent when a text is saved. Not in its transaction, since it takes long; what goes wrong is
    in the log, and costs whoever opens the text the time that it would have saved."""
    transaction.on_commit(partial(keep_offers, instance.pk), robust=True)


def stale_texts() -> QuerySet[SourceText]:
    """Newest texts of their sources of which nothing is kept that is still found so."""
    same = SourceText.objects.filter(source=OuterRef("source")).order_by("-loaded_at", "-pk")
    newest = SourceText.objects.filter(pk=Subquery(same.values("pk")[:1]))
    fresh = KeptOffers.objects.filter(
        recogniser=recogniser(), known=digest_of_known(known_entries())
    )
    return newest.exclude(pk__in=fresh.values("text"))


def keep_all_offers(*, say: Callable[[str], None], **_: Any) -> None:
    """Sent when an installation is made ready: one text after another, each in a transaction."""
    keys = list(stale_texts().order_by("pk").values_list("pk", flat=True))
    for key in keys:
        keep_offers(key)
    if keys:
        texts = "1 text" if len(keys) == 1 else f"{len(keys):,} texts"
        say(f"Looked for dates and names in {texts} of sources.")


def _json(found: list[Any]) -> str:
    return orjson.dumps(found).decode()
