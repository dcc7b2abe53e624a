"""Addresses of the reading room, below the desk's. Each checks who asks (``reading.access``)."""

from django.urls import path

from reading import citing_views, passage_views, room_views
from reading.access import for_readers, of_source

app_name = "reading"
urlpatterns = [
    path("", for_readers(room_views.sources), name="sources"),
    path("<slug:public_id>/", of_source(room_views.room), name="room"),
    path("<slug:public_id>/passage/", of_source(passage_views.passage), name="passage"),
    path("<slug:public_id>/draft/", of_source(passage_views.draft), name="draft"),
    path("<slug:public_id>/cite/", of_source(citing_views.cite_page), name="cite"),
    path("<slug:public_id>/set-aside/", of_source(room_views.aside), name="set_aside"),
    path(
        "<slug:public_id>/set-aside/<int:number>/take-back/",
        of_source(room_views.back_from_aside),
        name="take_back",
    ),
]
