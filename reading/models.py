"""What reading takes long to find in a text, kept beside it."""

from django.db import models

from sources.models import SourceText


class KeptOffers(models.Model):
    """The dates and names in a text, as one release of the recogniser finds them, and for the
    names that the desk knew then (``reading.offers_kept``).

    As private as the text: ``dates`` quotes it. It goes with the text.
    """

    text = models.OneToOneField(
        SourceText, models.CASCADE, primary_key=True, related_name="kept_offers"
    )
    recogniser = models.CharField(max_length=64, help_text="SHA-256 of the recogniser's code.")
    known = models.CharField(max_length=64, help_text="SHA-256 of the names that were known.")
    dates = models.TextField(help_text="JSON: start, end, EDTF, and why if it is inferred.")
    names = models.TextField(help_text="JSON: start, end, and ids of those who may be meant.")

    def __str__(self) -> str:
        return f"What is found in text {self.text_id}"
