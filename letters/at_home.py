"""What the desk's home says of letters."""

from typing import Any

from django.urls import reverse

from desk.admin_work import HomeLine
from letters.models import Letter, State


def waiting_line(user: Any) -> HomeLine | None:
    """One query."""
    if not user.has_perm("letters.view_letter"):
        return None
    waiting = Letter.objects.filter(state=State.RECEIVED).count()
    says = f"{waiting} wait{'s' if waiting == 1 else ''} for an answer" if waiting else "none waits"
    return HomeLine("Letters from readers", reverse("admin:letters_letter_changelist"), says)
