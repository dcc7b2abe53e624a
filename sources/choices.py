"""What a source can be, and how much of its text is shown: for the desk and the public alike."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SourceKind(models.TextChoices):
    """Kinds of sources; each has an item type in CSL 1.0.2 (``sources.bibliography.kinds``)."""

    ARTICLE = "article", pgettext_lazy("kind of source", "Article")
    BOOK = "book", pgettext_lazy("kind of source", "Book")
    CHAPTER = "chapter", pgettext_lazy("kind of source", "Chapter")
    REPORT = "report", pgettext_lazy("kind of source", "Report")
    TREATY = "treaty", pgettext_lazy("kind of source", "Treaty or agreement")
    STATEMENT = "statement", pgettext_lazy("kind of source", "Statement or speech")
    INTERVIEW = "interview", pgettext_lazy("kind of source", "Interview")
    DATASET = "dataset", pgettext_lazy("kind of source", "Dataset")
    WEB_PAGE = "web page", pgettext_lazy("kind of source", "Web page")
    VIDEO = "video", pgettext_lazy("kind of source", "Video")
    ARCHIVE_ITEM = "archive item", pgettext_lazy("kind of source", "Archive item")
    OTHER = "other", pgettext_lazy("kind of source", "Other")


class TextShown(models.TextChoices):
    """How much of a source's text its rights let the public read here."""

    NOTHING = "nothing", pgettext_lazy("how much of a text is shown", "Nothing")
    CONTEXT = (
        "short context",
        pgettext_lazy("how much of a text is shown", "Short context of what is cited"),
    )
    ALL = "all", pgettext_lazy("how much of a text is shown", "All of it")
