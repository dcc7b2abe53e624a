from django.urls import path, re_path

from sources.citing import ENDINGS
from sources.citing_views import cite_entry_file, cite_list_file
from sources.verifying_views import verify_script

ENDING = f"(?P<ending>{'|'.join(ENDINGS)})"
urlpatterns = [
    re_path(rf"^entries/(?P<public_id>[^/]+)/cite\.{ENDING}$", cite_entry_file, name="cite_entry"),
    re_path(rf"^cite/(?P<plural>[a-z]+)\.{ENDING}$", cite_list_file, name="cite_list"),
    path("verify/verify.py", verify_script, name="script"),
]
