from django.urls import path

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
]
