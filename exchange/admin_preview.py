"""The page of a file on its way in: what is chosen, what would change, and importing it."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.admin_actions import page_context, submission_url
from desk.models import Submission
from desk.passages import may_read_texts
from desk.submission_forms import SubmitForm
from exchange.importing import MOVED, carry_out
from exchange.incoming import Incoming, incoming
from exchange.models import ImportedFile, keep_typed, take_file
from exchange.planned import Plan
from exchange.preview import preview_of
from exchange.problems import MOST_SHOWN, Faulty, NotTaken, Problem

PAGE = "p"  # in the address
TURN = "turn"  # a button: the page to go to
CHOOSE = "choose"  # a button: show what would change with what is chosen
ITEM = "item-"  # before the number of an item of a bibliography
CHOSEN_ANEW = (
    "You have chosen otherwise than what was shown. What would change now stands here: look at "
    "it, and import again."
)


def preview_page(model_admin: Any, request: HttpRequest, file: ImportedFile) -> HttpResponse:
    """One form: whichever of its buttons is pressed, what is chosen and typed in it is kept."""
    if "forget" in request.POST:
        file.delete()
        messages.success(request, f"{file} is forgotten; nothing of it was imported.")
        return HttpResponseRedirect(reverse("admin:exchange_importedfile_changelist"))
    typed = drafts.typed(request)
    form = SubmitForm(typed) if typed is not None else _form_of(file)
    choices = file.choices | (_chosen(typed) if typed is not None else {})
    if request.method == "POST":
        keep_typed(file, choices=choices, typed=file.typed | _described(form))
        if CHOOSE in request.POST or TURN in request.POST:
            return HttpResponseRedirect(request.path + _query(request.POST.get(TURN, "")))
    found: Incoming | None = None
    planned: Plan | None = None
    problems: Sequence[Problem] = ()
    try:
        found = incoming(file, choices)
        planned = found.plan()
        if form.is_valid() and request.POST.get("digest") != planned.digest:
            form.add_error(None, MOVED if choices == file.choices else CHOSEN_ANEW)
        if form.is_valid():
            with transaction.atomic():
                take_file(file)
                submission = carry_out(planned, by=request.user, **form.description)
            return _imported(request, planned, submission)
    except Faulty as faulty:
        problems = faulty.problems
    except NotTaken as refused:
        problems = [Problem(refused.message)]
    except ValidationError as refused:
        form.add_error(None, refused)
    context = page_context(model_admin, request, f"Import {file}") | {
        "file": file,
        "form": form,
        "preview": None,
        "offered": found.offered if found else (),
        **told(problems),
    }
    if planned is not None:
        texts = may_read_texts(request.user)
        context["preview"] = preview_of(planned, page=request.GET.get(PAGE, 1), texts=texts)
    return TemplateResponse(request, "exchange/preview.html", context)


def _imported(
    request: HttpRequest, planned: Plan, submission: Submission | None
) -> HttpResponseRedirect:
    """What is as it is published again stands in no submission, and is told of."""
    submitted = submission.items.count() if submission else 0
    if submission:
        done = f"Submission {submission.pk} holds what the file changed, as a draft."
        messages.success(request, done)
    if back := len(planned.changed) - submitted:
        told = "1 entry says" if back == 1 else f"{back} entries say"
        messages.success(
            request, f"{told} at the desk what is published again, so there is nothing to submit."
        )
    home = reverse("admin:exchange_importedfile_changelist")
    return HttpResponseRedirect(submission_url(submission) if submission else home)


def told(problems: Sequence[Problem]) -> dict[str, Any]:
    """For ``exchange/_problems.html``."""
    return {
        "problems": problems[:MOST_SHOWN],
        "more_problems": max(0, len(problems) - MOST_SHOWN),
        "number_of_problems": len(problems),
    }


def _form_of(file: ImportedFile) -> SubmitForm:
    """As it was filled in when another button than the last one was pressed."""
    form = SubmitForm()
    form.initial = dict(file.typed)
    return form


def _described(form: SubmitForm) -> dict[str, str]:
    """What is typed; without fields that a page with nothing to import does not show."""
    said = {name: form[name].data for name in form.fields}
    return {name: str(value) for name, value in said.items() if value is not None}


def _chosen(typed: Mapping[str, Any]) -> dict[str, str]:
    """What is chosen for each item, by its number."""
    return {name.removeprefix(ITEM): typed[name] for name in typed if name.startswith(ITEM)}


def _query(page: str) -> str:
    return f"?{urlencode({PAGE: page})}" if page else ""
