"""What the desk says when it will not do something."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from desk.refusals import Refused
from tests import world


def refusal(call: Callable[[], Any]) -> list[str]:
    """The sentences of the refusal that there has to be; nothing of the call stays."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        call()
    return refused.value.messages


def against_publishing(entry: Any, people: dict[str, Any]) -> list[str]:
    """What stands against publishing the entry; nothing where it has been published by this."""
    try:
        with transaction.atomic():
            world.publish_all(entry, **people)
    except Refused as refused:
        return refused.messages
    return []
