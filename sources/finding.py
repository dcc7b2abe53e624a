"""Finding a source at the desk by what people call it."""

from django.db.models import Q

from desk.refusals import Refused
from sources.models import Source


def source_named(name: str) -> Source:
    """The source of that id or slug. ``Refused`` if there is none, naming those there are."""
    found = Source.objects.filter(Q(public_id=name) | Q(slug=name)).first()
    if found is None:
        known = ", ".join(Source.objects.order_by("pk").values_list("slug", flat=True)[:10])
        raise Refused(f"There is no source “{name}”; there are: {known or 'none yet'}.")
    return found
