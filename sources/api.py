"""The API's addresses of sources."""

from record.api import entry_routes
from sources.filters import SourceFilter

urlpatterns = entry_routes(SourceFilter)
