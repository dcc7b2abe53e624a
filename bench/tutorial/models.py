"""The same events, normalised as a tutorial would have it."""

from django.db import models


class Named(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Term(Named):
    pass


class Source(Named):
    pass


class Place(Named):
    pass


class Actor(Named):
    pass


class Event(models.Model):
    public_id = models.CharField(max_length=16, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    kind = models.ForeignKey(Term, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True)
    date = models.CharField(max_length=40)
    earliest = models.DateField(db_index=True)
    latest = models.DateField(db_index=True)
    subjects = models.ManyToManyField(Term)

    class Meta:
        ordering = ["earliest", "latest", "public_id"]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    key = models.CharField(max_length=8)
    actor = models.ForeignKey(Actor, models.PROTECT)
    role = models.ForeignKey(Term, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.actor} in {self.event}"


class Citation(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="citations")
    key = models.CharField(max_length=8)
    source = models.ForeignKey(Source, models.PROTECT)
    stance = models.CharField(max_length=12)
    claims = models.JSONField()
    locator = models.JSONField()
    selector = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.event}: {self.source}"
