"""Chronicle as it is, with the tutorial's tables in its database, for ``bench`` alone."""

from chronicle.settings import *  # noqa: F403
from chronicle.settings import INSTALLED_APPS, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "bench.tutorial"]
STATIC_ROOT = VAR_DIR / "bench" / "static"
