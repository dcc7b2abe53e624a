"""Letters at the desk: a queue, and a page to answer one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.admin_actions import page_context
from desk.admin_review import OfVisibleTypes
from desk.forms import TypedForm
from desk.models import Submission
from desk.refusals import Refused
from letters.claims import claims_at
from letters.models import Letter, State
from letters.writing import LONGEST_ANSWER, answer, submissions_for
from record.history import history_of
from record.reading import Record
from record.types import type_of


class AnswerForm(TypedForm):
    state = forms.ChoiceField(
        label="What comes of it",
        choices=[(State.TAKEN_UP, State.TAKEN_UP.label), (State.DECLINED, State.DECLINED.label)],
        widget=forms.RadioSelect,
    )
    submission = forms.ModelChoiceField(
        Submission.objects.none(),
        required=False,
        empty_label="none",
        label="In which submission",
        help_text="One that holds the entry. Correct the entry first, then choose it here.",
    )
    text = forms.CharField(
        label="Answer",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Whoever wrote the letter reads it.",
    )

    def __init__(self, data: Any, letter: Letter) -> None:
        super().__init__(data, initial={"submission": letter.submission_id, "text": letter.answer})
        self.fields["submission"].queryset = submissions_for(letter)  # type: ignore[attr-defined]


class StateFilter(admin.SimpleListFilter):
    """What waits is shown unless something else is asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(State.TAKEN_UP, "Taken up"), (State.DECLINED, "Not taken up"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Waiting"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset if value == "all" else queryset.filter(state=value or State.RECEIVED)


@admin.register(Letter)
class LetterAdmin(OfVisibleTypes):
    list_display = ["__str__", "claim", "state", "received_at", "answered_by"]
    list_filter = [StateFilter]
    list_select_related = ["answered_by"]
    search_fields = ["=public_id"]
    actions = None
    list_per_page = 50

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What must not be kept, such as what harms somebody, can go."""
        return obj is not None and request.user.has_perm("letters.delete_letter")

    def change_view(self, request: HttpRequest, object_id: Any, *args: Any, **kw: Any) -> Any:
        """The letter beside what it is about, and the answer to it."""
        letter = self.get_visible(request, str(object_id))
        may_answer = request.user.has_perm("letters.change_letter")
        if request.method == "POST" and not may_answer:
            raise PermissionDenied
        form = AnswerForm(drafts.typed(request), letter)
        if form.is_valid():
            try:
                answer(letter, by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused)
                letter.refresh_from_db()
            else:
                messages.success(request, f"{letter} is answered.")
                return HttpResponseRedirect(reverse("admin:letters_letter_changelist"))
        record = Record.current()
        history = history_of(record, letter.public_id)
        editions = [letter.edition, history.newest.edition_id]
        said, now = map(claims_at(letter.public_id, editions, record).get, editions)
        context = page_context(self, request, str(letter)) | {
            "letter": letter,
            "form": form,
            "may_answer": may_answer,
            "may_delete": self.has_delete_permission(request, letter),
            "name": history.name,
            "said": (said or {}).get(letter.claim),
            "now": (now or {}).get(letter.claim),
            "moved_on": history.newest.edition_id != letter.edition,
            "type": type_of(letter.public_id).name,
        }
        return TemplateResponse(request, "letters/answer.html", context)
