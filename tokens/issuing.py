"""The doors of tokens: one is issued, its limit changed, it is revoked."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from desk.refusals import Refused
from desk.roles import not_for
from record.canonical import digest
from tokens.models import Token

PREFIX = "chronicle_"  # so that people, and programs that look for lost secrets, know it


def issue(*, name: str, limit: int, by: Any) -> tuple[Token, str]:
    """A new token, and the secret that it is: told here and never again."""
    _require(by, "add_token")
    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = Token(name=name, limit=limit, digest=digest(secret), issued_by=by)
        token.full_clean()
        token.save()
    return token, secret


def change(token: Token, *, name: str, limit: int, by: Any) -> None:
    """How it is called, and how often it may ask from now on. ``Refused`` once it is revoked."""
    _require(by, "change_token")
    token.name, token.limit = name, limit
    token.full_clean()
    _update(token, name=name, limit=limit)


def revoke(token: Token, *, by: Any) -> None:
    """For good: every process has forgotten it half a minute later. ``Refused`` the second time."""
    _require(by, "change_token")
    token.revoked_on = timezone.now().date()
    _update(token, revoked_on=token.revoked_on)


def _update(token: Token, **values: Any) -> None:
    if not Token.objects.filter(pk=token.pk, revoked_on=None).update(**values):
        raise Refused(f"“{token}” has been revoked. Issue another token instead.")


def _require(by: Any, permission: str) -> None:
    if not (by.is_active and by.has_perm(f"tokens.{permission}")):
        raise Refused(not_for(by, permission))
