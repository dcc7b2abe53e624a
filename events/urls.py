from django.urls import path

from events.views import event_citation, event_detail, event_list

app_name = "events"
urlpatterns = [
    path("events/", event_list, name="event_list"),
    path("events/<slug:slug>/", event_detail, name="event_detail"),
    path(
        "events/<slug:slug>/citations/<slug:key>/",
        event_citation,
        name="event_citation",
    ),
]
