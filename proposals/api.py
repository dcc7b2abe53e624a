"""The API's addresses of proposals."""

from proposals.filters import ProposalFilter
from record.api import entry_routes

urlpatterns = entry_routes(ProposalFilter)
