from django.urls import path

from proposals.views import proposal_citation, proposal_detail, proposal_list

app_name = "proposals"
urlpatterns = [
    path("proposals/", proposal_list, name="proposal_list"),
    path("proposals/<slug:slug>/", proposal_detail, name="proposal_detail"),
    path(
        "proposals/<slug:slug>/citations/<slug:key>/",
        proposal_citation,
        name="proposal_citation",
    ),
]
