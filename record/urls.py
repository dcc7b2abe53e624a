from django.urls import path, re_path

from record.feed_views import (
    correction_feed,
    entry_feed,
    list_download,
    list_feed,
    record_feed,
)
from record.sitemaps import robots, sitemap, sitemap_index
from record.timeline.views import timeline
from record.together.views import together
from record.views import (
    correction_list,
    edition_detail,
    edition_list,
    entry_history,
    entry_time_map,
)

app_name = "record"
urlpatterns = [
    path("editions/", edition_list, name="edition_list"),
    path("editions/<int:number>/", edition_detail, name="edition_detail"),
    path("corrections/", correction_list, name="correction_list"),
    # By id: slugs change, and what was redacted has none.
    path("entries/<str:public_id>/history/", entry_history, name="entry_history"),
    path("entries/<str:public_id>/timemap/", entry_time_map, name="entry_time_map"),
    # Not below the list: any word there is the slug of an entry.
    path("timeline/<slug:plural>/", timeline, name="timeline"),
    path("together/<slug:plural>/", together, name="together"),
    path("feeds/", record_feed, name="record_feed"),
    path("feeds/corrections/", correction_feed, name="correction_feed"),
    path("feeds/entries/<str:public_id>/", entry_feed, name="entry_feed"),
    path("feeds/<slug:plural>/", list_feed, name="list_feed"),
    re_path(r"^downloads/(?P<plural>[a-z]+)\.(?P<form>csv|jsonl)$", list_download, name="download"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemaps/<slug:section>.xml", sitemap, name="sitemap"),
]
