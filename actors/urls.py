from django.urls import path

from actors.office_views import office_holders
from actors.views import actor_citation, actor_detail, actor_list

app_name = "actors"
urlpatterns = [
    path("actors/", actor_list, name="actor_list"),
    path("actors/<slug:slug>/", actor_detail, name="actor_detail"),
    path(
        "actors/<slug:slug>/offices/<slug:key>/",
        office_holders,
        name="office_holders",
    ),
    path(
        "actors/<slug:slug>/citations/<slug:key>/",
        actor_citation,
        name="actor_citation",
    ),
]
