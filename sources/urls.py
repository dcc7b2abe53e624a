from django.urls import path

from sources.views import source_detail, source_list, source_text

app_name = "sources"
urlpatterns = [
    path("sources/", source_list, name="source_list"),
    path("sources/<slug:slug>/", source_detail, name="source_detail"),
    path("sources/<slug:slug>/text/", source_text, name="source_text"),
]
