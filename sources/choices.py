"""What a source can be, and how much of its text is shown: for the desk and the public alike."""

from django.db import models


class SourceKind(models.TextChoices):
    """Kinds of sources; each has an item type in CSL 1.0.2 (``sources.bibliography.kinds``)."""

    ARTICLE = "article", "Article"
    BOOK = "book", "Book"
    CHAPTER = "chapter", "Chapter"
    REPORT = "report", "Report"
    TREATY = "treaty", "Treaty or agreement"
    STATEMENT = "statement", "Statement or speech"
    INTERVIEW = "interview", "Interview"
    DATASET = "dataset", "Dataset"
    WEB_PAGE = "web page", "Web page"
    VIDEO = "video", "Video"
    ARCHIVE_ITEM = "archive item", "Archive item"
    OTHER = "other", "Other"


class TextShown(models.TextChoices):
    """How much of a source's text its rights let the public read here."""

    NOTHING = "nothing", "Nothing"
    CONTEXT = "short context", "Short context of what is cited"
    ALL = "all", "All of it"
