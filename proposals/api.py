"""The API's addresses of proposals."""

from proposals import api_comparing, api_responses
from proposals.filters import ProposalFilter
from record.api import entry_routes

urlpatterns = [
    *entry_routes(ProposalFilter),
    *api_comparing.urlpatterns,
    *api_responses.urlpatterns,
]
