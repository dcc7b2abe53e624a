from django.urls import path

from sources.views import source_detail, source_list

app_name = "sources"
urlpatterns = [
    path("sources/", source_list, name="source_list"),
    path("sources/<slug:slug>/", source_detail, name="source_detail"),
]
