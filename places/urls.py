from django.urls import path

from places.views import place_citation, place_detail, place_list

app_name = "places"
urlpatterns = [
    path("places/", place_list, name="place_list"),
    path("places/<slug:slug>/", place_detail, name="place_detail"),
    path(
        "places/<slug:slug>/citations/<slug:key>/",
        place_citation,
        name="place_citation",
    ),
]
