"""Places: their names by language and usage, and where they are."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import pgettext_lazy

from desk.bases import Entry, Identifier, Part, Waiver
from sources.models import Citation


class Precision(models.TextChoices):
    """What the coordinates stand for."""

    POINT = "point", pgettext_lazy("what coordinates stand for", "The very spot")
    SETTLEMENT = "settlement", pgettext_lazy("what coordinates stand for", "Centre of a settlement")
    AREA = "area", pgettext_lazy("what coordinates stand for", "Centre of a district or region")
    COUNTRY = "country", pgettext_lazy("what coordinates stand for", "Centre of a country")


class Place(Entry):
    """Somewhere."""

    letter = "L"

    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, WGS 84.",
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, WGS 84.",
    )
    precision = models.CharField(max_length=12, choices=Precision, blank=True)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="contains"
    )

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, precision="")
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
                & ~Q(precision=""),
                name="places_place_coordinates_whole",
                violation_error_message="Give latitude, longitude and precision, or none of them.",
            ),
        ]

    @classmethod
    def name_of(cls, key: str) -> Subquery:
        names = PlaceName.objects.filter(entry=OuterRef(key))
        return Subquery(names.order_by("-preferred", "position", "pk").values("text")[:1])


class NameUsage(models.TextChoices):
    USUAL = "usual", pgettext_lazy("use of a name", "Usual")
    OFFICIAL = "official", pgettext_lazy("use of a name", "Official")
    AS_IN_SOURCE = "as in source", pgettext_lazy("use of a name", "As in the source")
    FORMER = "former", pgettext_lazy("use of a name", "Former")
    OTHER = "other", pgettext_lazy("use of a name", "Other")


class PlaceName(Part):
    """What a place is called, in which language and by whom."""

    entry = models.ForeignKey(Place, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    usage = models.CharField(max_length=16, choices=NameUsage, default=NameUsage.USUAL)
    preferred = models.BooleanField(default=False, help_text="The name that pages show.")

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "language"],
                condition=Q(preferred=True),
                name="places_name_one_preferred_a_language",
                violation_error_message="Only one name in a language is preferred.",
            ),
        ]


class PlaceIdentifier(Identifier):
    entry = models.ForeignKey(Place, models.CASCADE, related_name="identifiers")


class PlaceWaiver(Waiver):
    entry = models.ForeignKey(Place, models.CASCADE, related_name="waivers")


class PlaceCitation(Citation):
    entry = models.ForeignKey(Place, models.CASCADE, related_name="citations")
