"""The API's addresses of terms."""

from record.api import entry_routes
from vocabulary.filters import TermFilter

urlpatterns = entry_routes(TermFilter)
