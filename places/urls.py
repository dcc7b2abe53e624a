from django.urls import path

from places.map.views import map_of_entries
from places.views import place_citation, place_detail, place_list

app_name = "places"
urlpatterns = [
    # Not below the list: any word there is the slug of an entry.
    path("map/<slug:plural>/", map_of_entries, name="map"),
    path("places/", place_list, name="place_list"),
    path("places/<slug:slug>/", place_detail, name="place_detail"),
    path(
        "places/<slug:slug>/citations/<slug:key>/",
        place_citation,
        name="place_citation",
    ),
]
