from django.urls import path, re_path

from sources.citing import ENDINGS
from sources.citing_views import (
    cite_entry,
    cite_entry_file,
    cite_list,
    cite_list_file,
    cited_list,
)

app_name = "cite"
ENDING = f"(?P<ending>{'|'.join(ENDINGS)})"
urlpatterns = [
    # By id, which stays when slugs change; lists and sets by the plural of their type.
    path("entries/<str:public_id>/cite/", cite_entry, name="entry"),
    re_path(rf"^entries/(?P<public_id>[^/]+)/cite\.{ENDING}$", cite_entry_file, name="entry_file"),
    path("cite/<slug:plural>/", cite_list, name="list"),
    re_path(rf"^cite/(?P<plural>[a-z]+)\.{ENDING}$", cite_list_file, name="list_file"),
    path("cited/<slug:plural>/", cited_list, name="set"),
]
