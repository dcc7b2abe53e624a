"""The API's addresses of actors."""

from actors.filters import ActorFilter
from record.api import entry_routes

urlpatterns = entry_routes(ActorFilter)
