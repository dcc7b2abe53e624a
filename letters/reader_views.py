"""Pages of readers' letters: writing one, and what has come of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from chronicle.limits import AN_HOUR, who_asks, within
from chronicle.secret_addresses import kept_by_nobody
from desk.forms import LinesField
from desk.refusals import Refused
from letters.claims import ClaimInWords, claims_at, claims_of
from letters.models import LONGEST_SOURCE, LONGEST_TEXT
from letters.writing import letter_of, send
from record.entry_page import Crumb
from record.history import History, NoSuchVersion, history_of
from record.models import State, Version
from record.reading import NotInRecord, Record
from record.types import type_named

LETTERS_AN_ADDRESS, LETTERS_IN_ALL = 5, 200  # an hour
TOO_MANY = gettext_lazy("Too many letters have come within an hour. Send yours a little later.")


class LetterForm(forms.Form):
    claim = forms.ChoiceField(label=gettext_lazy("What it is about"))
    text = LinesField(
        label=gettext_lazy("What is wrong, and what should stand there"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what is wrong.")},
    )
    source = LinesField(
        label=gettext_lazy("Where this can be checked"),
        max_length=LONGEST_SOURCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "A source, and the place in it: a page, a section, an address on the web."
        ),
        error_messages={
            "required": gettext_lazy("Say where it can be checked: nothing stands here without.")
        },
    )
    # Left empty by people, who do not see it, and filled in by programs.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))
    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, claims: list[ClaimInWords], initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["claim"].choices = [  # type: ignore[attr-defined]
            (each.claim, each.in_a_line) for each in claims
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, about the version that is read: ``?claim=date``. Raises Http404."""
    record = Record.current()
    history = _history(record, public_id)
    version = _read_version(history, request)
    claims = claims_of(version, record)
    if not claims:
        raise Http404(f"What {public_id} says is no longer public.")
    asked = {"claim": request.GET.get("claim", ""), "edition": version.edition_id}
    form = LetterForm(
        request.POST if request.method == "POST" else None, claims=claims, initial=asked
    )
    if form.is_valid():
        if form.cleaned_data["website"]:
            return kept_by_nobody(HttpResponseRedirect(reverse("letters:letter", args=["sent"])))
        if secret := _sent(request, version, form):
            return kept_by_nobody(HttpResponseRedirect(reverse("letters:letter", args=[secret])))
    entry_type = type_named(version.type)
    context = {
        "edition": record.edition,
        "breadcrumbs": [
            Crumb(settings.SITE_NAME, reverse("home")),
            Crumb(history.name, entry_type.url(version.slug), history.title.language),
            Crumb(gettext("Suggest a correction")),
        ],
        "name": history.name,
        "version": version,
        "form": form,
    }
    return kept_by_nobody(render(request, "letters/write.html", context))


@require_safe
def letter(request: HttpRequest, secret: str) -> HttpResponse:
    """What somebody wrote, and what has come of it, for whoever has the address."""
    found = letter_of(secret)
    if found is None:
        return kept_by_nobody(render(request, "letters/nowhere.html", status=404))
    record = Record.current()
    history = _history(record, found.public_id)
    claims = claims_at(found.public_id, [found.edition], record)[found.edition]
    context = {
        "edition": record.edition,
        "letter": found,
        "claim": claims.get(found.claim),
        "name": history.name,
    }
    return kept_by_nobody(render(request, "letters/letter.html", context))


def _history(record: Record, public_id: str) -> History:
    try:
        return history_of(record, public_id)
    except NotInRecord:
        raise Http404(f"Nothing has been published under the id “{public_id[:40]}”.") from None


def _read_version(history: History, request: HttpRequest) -> Version:
    """The one that was read when the form was opened, else the newest that says anything."""
    try:
        version = history.at(request.POST.get("edition", ""))
    except NoSuchVersion:
        said = (each for each in history.versions if each.state == State.PUBLISHED)
        version = next(said, history.newest)
    return Version.objects.select_related("edition").get(pk=version.pk)


def _sent(request: HttpRequest, version: Version, form: LetterForm) -> str:
    """The secret of the letter; what stands against it is shown with what was typed."""
    if not (
        within(f"letter:{who_asks(request)}", LETTERS_AN_ADDRESS, AN_HOUR)
        and within("letters", LETTERS_IN_ALL, AN_HOUR)
    ):
        form.add_error(None, TOO_MANY)
        return ""
    given = form.cleaned_data
    try:
        _, secret = send(version, given["claim"], text=given["text"], source=given["source"])
    except Refused as refused:
        form.add_error(None, refused)
        return ""
    return secret
