"""The API's addresses of actors."""

from actors import api_holders
from actors.filters import ActorFilter
from record.api import entry_routes

urlpatterns = [*api_holders.urlpatterns, *entry_routes(ActorFilter)]
