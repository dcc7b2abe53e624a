"""The API's addresses of sources, of citations, and of quotations."""

from django.urls import path

from record.api import entry_routes
from sources.api_citations import CitationAnnotation, CitationDetail, CitationList
from sources.api_quotations import VerifyQuote
from sources.filters import SourceFilter

urlpatterns = [
    *entry_routes(SourceFilter),
    path("citations/", CitationList.as_view(), name="citation_list"),
    path("citations/<str:entry>/<str:key>/", CitationDetail.as_view(), name="citation_detail"),
    path(
        "citations/<str:entry>/<str:key>/annotation/",
        CitationAnnotation.as_view(),
        name="citation_annotation",
    ),
    path("verify-quote/", VerifyQuote.as_view(), name="verify_quote"),
]
