"""Tokens at the desk: issued, shown once, changed, revoked."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from desk.admin_actions import page_context
from desk.refusals import Refused
from tokens import issuing
from tokens.known import last_used
from tokens.models import Token


class TokenForm(forms.ModelForm):
    class Meta:
        model = Token
        fields = ["name", "limit"]


class StandingTokenForm(TokenForm):
    revoke = forms.BooleanField(
        required=False,
        label="Revoke it",
        help_text="For good. Half a minute later it works nowhere.",
    )


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    list_display = ["name", "limit", "issued_on", "issued_by", "used_on", "revoked_on"]
    list_select_related = ["issued_by"]
    readonly_fields = ["issued_by", "issued_on", "used_on", "revoked_on"]
    search_fields = ["name"]
    actions = None
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of a revoked one, nothing can be changed."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.revoked_on is None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are revoked, so that it stays known who was let do what."""
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        options["form"] = StandingTokenForm if change else TokenForm
        return super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["name", "limit"]
        end = [] if obj.revoked_on else ["revoke"]
        return ["name", "limit", *self.readonly_fields, *end]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else self.readonly_fields

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """One query of the cache for all days of use."""
        changelist = super().get_changelist_instance(request)
        tokens = list(changelist.result_list)
        days = last_used([token.pk for token in tokens])
        for token in tokens:
            token.used = days.get(token.pk)
        changelist.result_list = tokens
        return changelist

    @admin.display(description="Last used on")
    def used_on(self, token: Any) -> Any:
        """As far as it is still known."""
        known = token.used if hasattr(token, "used") else last_used([token.pk]).get(token.pk)
        return known or self.get_empty_value_display()

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the doors; what they refuse is said, and nothing is saved."""
        given = form.cleaned_data
        if not change:
            issued, request.secret = issuing.issue(**given, by=request.user)
            obj.pk = issued.pk
            return
        try:
            if given.pop("revoke"):
                issuing.revoke(obj, by=request.user)
            else:
                issuing.change(obj, **given, by=request.user)
        except Refused as refused:
            request.refused = str(refused)

    def response_add(
        self, request: Any, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The one page that shows the token."""
        context = page_context(self, request, "The new token") | {
            "token": obj,
            "secret": request.secret,
        }
        answer = TemplateResponse(request, "tokens/issued.html", context)
        add_never_cache_headers(answer)
        return answer

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        if refused := getattr(request, "refused", ""):
            messages.error(request, refused)
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)
