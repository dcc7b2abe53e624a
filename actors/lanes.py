"""Timelines by actor, of whatever entries have a filter of that name."""

from django.utils.translation import ngettext_lazy, pgettext_lazy

from record.timeline.lanes import LanesBy

BY_ACTOR = LanesBy(
    name="actor",
    label=pgettext_lazy("lanes of a timeline", "By actor"),
    others=ngettext_lazy("%(count)s other actor", "%(count)s other actors", "number"),
    none=pgettext_lazy("lane of a timeline", "No actor"),
)
