"""The API's addresses of places."""

from places.filters import PlaceFilter
from record.api import entry_routes

urlpatterns = entry_routes(PlaceFilter)
