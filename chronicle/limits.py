"""How often something may be done, counted in the cache, which all processes share."""

from django.core.cache import cache

AN_HOUR = 60 * 60


def within_the_hour(key: str, most: int) -> bool:
    """Whether one more is allowed this hour; counts it."""
    cache.add(key, 0, AN_HOUR)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out just now
        return True
