from django.db.models import QuerySet
from django.urls import include, path
from django.views.generic import DetailView, ListView
from rest_framework.routers import DefaultRouter

from bench.tutorial.api import EventFilter, EventViewSet, whole_events
from bench.tutorial.models import Event, Term


class EventList(ListView):
    paginate_by = 50
    template_name = "tutorial/event_list.html"
    extra_context = {"kinds": Term._default_manager.all}

    def get_queryset(self) -> QuerySet[Event]:
        events: QuerySet[Event] = EventFilter(self.request.GET, whole_events()).qs
        return events


class EventDetail(DetailView):
    queryset = whole_events()
    template_name = "tutorial/event_detail.html"


router = DefaultRouter()
router.register("events", EventViewSet)
urlpatterns = [
    path("events/", EventList.as_view(), name="event_list"),
    path("events/<slug:slug>/", EventDetail.as_view(), name="event_detail"),
    path("api/", include(router.urls)),
]
