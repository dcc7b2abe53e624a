from django.urls import path, re_path

from proposals.comparing_views import (
    compare_dossier,
    proposal_compare,
    proposal_responses,
    responses_dossier,
)
from proposals.views import proposal_citation, proposal_detail, proposal_list

app_name = "proposals"
urlpatterns = [
    path("proposals/", proposal_list, name="proposal_list"),
    # Before entries: their last parts are no slugs (``EntryType.own_pages``).
    path("proposals/compare/", proposal_compare, name="proposal_compare"),
    path("proposals/responses/", proposal_responses, name="proposal_responses"),
    re_path(r"^proposals/compare\.(?P<file>md|docx)$", compare_dossier, name="compare_dossier"),
    re_path(
        r"^proposals/responses\.(?P<file>md|docx)$", responses_dossier, name="responses_dossier"
    ),
    path("proposals/<slug:slug>/", proposal_detail, name="proposal_detail"),
    path(
        "proposals/<slug:slug>/citations/<slug:key>/",
        proposal_citation,
        name="proposal_citation",
    ),
]
