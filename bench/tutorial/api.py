"""Nested serializers over a ModelViewSet, with the related rows prefetched."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bench.tutorial.models import Actor, Citation, Event, Participation, Place, Source, Term

NAMED = ["id", "slug", "name"]


class TermSerializer(serializers.ModelSerializer[Term]):
    class Meta:
        model = Term
        fields = NAMED


class PlaceSerializer(serializers.ModelSerializer[Place]):
    class Meta:
        model = Place
        fields = NAMED


class ActorSerializer(serializers.ModelSerializer[Actor]):
    class Meta:
        model = Actor
        fields = NAMED


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = NAMED


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    actor = ActorSerializer()
    role = TermSerializer()

    class Meta:
        model = Participation
        fields = ["key", "actor", "role"]


class CitationSerializer(serializers.ModelSerializer[Citation]):
    source = SourceSerializer()  # type: ignore[assignment]

    class Meta:
        model = Citation
        fields = ["key", "source", "stance", "claims", "locator", "selector"]


class EventSerializer(serializers.ModelSerializer[Event]):
    id = serializers.CharField(source="public_id")
    kind = TermSerializer()
    place = PlaceSerializer()
    subjects = TermSerializer(many=True)
    participants = ParticipationSerializer(many=True)
    citations = CitationSerializer(many=True)

    class Meta:
        model = Event
        fields = [
            "id",
            "slug",
            "title",
            "summary",
            "kind",
            "place",
            "date",
            "earliest",
            "latest",
            "subjects",
            "participants",
            "citations",
        ]


class EventFilter(django_filters.FilterSet):
    """Events that may have happened within the dates."""

    kind = django_filters.CharFilter("kind__slug")
    first = django_filters.DateFilter("latest", "gte")
    last = django_filters.DateFilter("earliest", "lte")

    class Meta:
        model = Event
        fields = ["kind", "first", "last"]


def whole_events() -> QuerySet[Event]:
    return Event._default_manager.select_related("kind", "place").prefetch_related(
        "subjects", "participants__actor", "participants__role", "citations__source"
    )


class EventViewSet(viewsets.ReadOnlyModelViewSet[Event]):
    queryset = whole_events()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    search_fields = ["title", "summary"]
    lookup_field = "public_id"

    @action(detail=False)
    def facets(self, request: Request) -> Response:
        events: Any = self.filter_queryset(Event._default_manager.order_by())
        names = {
            "actor": "participants__actor",
            "place": "place",
            "source": "citations__source",
            "subject": "subjects",
        }
        return Response({name: self.counts(events, path) for name, path in names.items()})

    def counts(self, events: QuerySet[Event], path: str) -> dict[str, int]:
        rows = events.exclude(**{path: None}).values_list(path).annotate(Count("id", distinct=True))
        return {str(number): total for number, total in rows}
