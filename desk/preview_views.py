"""The page of a preview link: the one address outside the desk that reads an unpublished document.

Whoever has the address reads that revision and nothing else of the desk, and may comment. Nothing
about a link that leads nowhere tells whether it ever led somewhere.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chronicle.limits import AN_HOUR, who_asks, within
from chronicle.secret_addresses import kept_by_nobody
from desk.forms import LinesField
from desk.models import PreviewLink
from desk.previewing import LONGEST_COMMENT, comment, preview_of, shared_with
from desk.refusals import Refused

COMMENTS_A_LINK, COMMENTS_AN_ADDRESS = 20, 10  # an hour


class CommentForm(forms.Form):
    name = forms.CharField(
        label="Your name, if you like to give it",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    text = LinesField(
        label="Comment",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write something: a comment cannot be empty."},
    )
    # Left empty by people, who do not see it, and filled in by programs.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))


@require_http_methods(["GET", "HEAD", "POST"])
def shared_preview(request: HttpRequest, secret: str) -> HttpResponse:
    link = shared_with(secret)
    if link is None:
        return kept_by_nobody(render(request, "preview/nowhere.html", status=404))
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (form.cleaned_data["website"] or _write(request, link, form)):
        there = reverse("preview", args=[secret]) + "?sent=1#comment"
        return kept_by_nobody(HttpResponseRedirect(there))
    try:
        templates, context = preview_of(link.revision, {})
    except Refused:
        return kept_by_nobody(render(request, "preview/nowhere.html", status=404))
    context |= {
        "link": link,
        "form": form,
        "sent": request.GET.get("sent") == "1",
        "desk_url": "",
    }
    return kept_by_nobody(_page(request, templates, context))


def _page(request: HttpRequest, templates: list[str], context: dict[str, Any]) -> HttpResponse:
    """The public page, with what is said about the preview around it."""
    chosen: Any = select_template(templates)
    return render(request, "preview/entry.html", context | {"page_template": chosen.template})


def _write(request: HttpRequest, link: PreviewLink, form: CommentForm) -> bool:
    """Whether it has been kept; what stands against it is shown with what was typed."""
    if not (
        within(f"preview-link:{link.pk}", COMMENTS_A_LINK, AN_HOUR)
        and within(f"preview:{who_asks(request)}", COMMENTS_AN_ADDRESS, AN_HOUR)
    ):
        form.add_error(
            None, "Too many comments have come from here within an hour. Send yours a little later."
        )
        return False
    try:
        comment(link, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
    except Refused as refused:
        form.add_error("text", refused)
        return False
    return True
