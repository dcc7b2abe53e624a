"""The API's addresses of events."""

from events.filters import EventFilter
from record.api import entry_routes

urlpatterns = entry_routes(EventFilter)
