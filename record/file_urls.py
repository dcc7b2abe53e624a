from django.urls import path, re_path

from record.feed_views import (
    correction_feed,
    entry_feed,
    list_download,
    list_feed,
    record_feed,
)
from record.sitemaps import robots, sitemap, sitemap_index

urlpatterns = [
    path("feeds/", record_feed, name="record_feed"),
    path("feeds/corrections/", correction_feed, name="correction_feed"),
    path("feeds/entries/<str:public_id>/", entry_feed, name="entry_feed"),
    path("feeds/<slug:plural>/", list_feed, name="list_feed"),
    re_path(r"^downloads/(?P<plural>[a-z]+)\.(?P<form>csv|jsonl)$", list_download, name="download"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemaps/<slug:section>.xml", sitemap, name="sitemap"),
]
