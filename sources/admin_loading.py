"""Loading a text of a source, in two steps: what to read, and how it is to be kept."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.admin_actions import page_context
from desk.refusals import Refused
from record.canonical import digest
from sources.effects import effects_of
from sources.finding import source_named
from sources.formats.reading import blocks_of_file, check_size
from sources.formats.shapes import Block, LoadedText
from sources.models import Source, SourceText
from sources.rechecking import recheck
from sources.selectors import FoldedText
from sources.texts import corrected, headings_of, lock, marked_up, store_text, text_of

KEEP = "_keep"  # the button that ends it
BESIDE = "beside"  # in the form: the newest text of the source when this one was shown
CHANGED = (
    "The newest text of this source is another one than when this page was shown to you. Nothing "
    "has been kept. Look at what yours does beside that one, and keep it again."
)
PASTED = "What you pasted"  # is called so in refusals


class SourceField(forms.CharField):
    """A source by its id or slug."""

    def __init__(self) -> None:
        super().__init__(max_length=120, help_text="Its id or the last part of its address: S1.")

    def clean(self, value: Any) -> Source:
        return source_named(super().clean(value))


class LoadForm(forms.Form):
    """A file or pasted text; ``loaded`` is what was read of it."""

    source = SourceField()
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        help_text="Text, Markdown, HTML, DOCX, or PDF with a text layer. Nothing in it is fetched.",
    )
    text = forms.CharField(
        label="or the text itself",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text="Blank lines part its blocks.",
    )
    loaded: LoadedText

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"file", "text"} & set(self.errors):
            return cleaned
        file, text = cleaned["file"], cleaned["text"]
        if bool(file) == bool(text):
            raise Refused(
                "Choose a file or paste the text, not both."
                if file
                else "Choose a file, or paste the text."
            )
        if "source" in cleaned:
            try:
                self.loaded = _loaded(file, text)
            except Refused as refused:
                self.add_error("file" if file else "text", refused)
        return cleaned


def _loaded(file: Any, text: str) -> LoadedText:
    if file is None:
        return blocks_of_file(PASTED, text.encode(errors="surrogatepass"))
    check_size(file.name, file.size)
    return blocks_of_file(file.name, file.read())


class CorrectForm(forms.Form):
    """The text with its blocks and headings marked, to be corrected; ``blocks`` if it is valid."""

    source = SourceField()
    marked = forms.CharField(
        label="The text",
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 24, "class": "vLargeTextField", "spellcheck": "false"}
        ),
        help_text=(
            "A blank line ends a block: take it out to join two, put one in to split one. # and a "
            "space before a block make it a section heading. Whatever you delete is left out. "
            "Should you be signed out before you keep it, up to four million characters, as "
            "browsers send them, wait here for you for a day."
        ),
    )
    blocks: list[Block]

    def clean_marked(self) -> str:
        marked: str = self.cleaned_data["marked"]
        self.blocks = corrected(marked)
        return marked


def load_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """What was typed when nobody was signed in any more is shown again, and nothing kept."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return _posted(model_admin, request, request.POST)
    typed = drafts.typed(request)
    if typed is not None and "marked" in typed:
        return _second_step(model_admin, request, CorrectForm(typed))
    initial = typed.dict() if typed is not None else {"source": request.GET.get("source", "")}
    return _first_step(model_admin, request, LoadForm(initial=initial))


def _posted(model_admin: Any, request: HttpRequest, posted: QueryDict) -> HttpResponse:
    if "marked" in posted:
        form = CorrectForm(posted)
        if form.is_valid() and KEEP in posted:
            return _keep(model_admin, request, form)
        return _second_step(model_admin, request, form)
    first = LoadForm(posted, request.FILES)
    if not first.is_valid():
        return _first_step(model_admin, request, first)
    data = {
        "source": first.cleaned_data["source"].public_id,
        "marked": marked_up(first.loaded.blocks),
    }
    return _second_step(model_admin, request, CorrectForm(data), first.loaded)


def _keep(model_admin: Any, request: HttpRequest, form: CorrectForm) -> HttpResponse:
    with transaction.atomic():
        held = _kept(model_admin, request, form)
    if held is None:
        form.add_error(None, CHANGED)
        return _second_step(model_admin, request, form)
    return HttpResponseRedirect(reverse("admin:sources_sourcetext_change", args=[held.pk]))


def _kept(model_admin: Any, request: HttpRequest, form: CorrectForm) -> SourceText | None:
    """The text as it is kept now; ``None`` where the newest one is not that which was shown."""
    source, text = form.cleaned_data["source"], text_of(form.blocks)
    headings = headings_of(form.blocks)
    lock(source)
    newest = source.texts.first()
    was_shown = request.POST.get(BESIDE, "") == _sign_of(newest)
    if not was_shown and not _is_that(newest, text, headings):
        return None
    held = store_text(source, text, headings=headings, by=request.user)
    if newest is not None and newest.pk == held.pk:  # so no passage is found otherwise
        messages.success(request, "The desk held this very text; its headings are kept.")
    else:
        model_admin.log_addition(request, held, [{"added": {}}])
        messages.success(request, f"The text is kept. {recheck(held)}")
    return held


def _sign_of(text: SourceText | None) -> str:
    """Tells the newest text of a source from any other that may come to be it."""
    return f"{text.sha256} {text.loaded_at.isoformat()}" if text else ""


def _is_that(held: SourceText | None, text: str, headings: list[int]) -> bool:
    """As after the button has been pressed twice."""
    return held is not None and (held.sha256, held.headings) == (digest(text), headings)


def _first_step(model_admin: Any, request: HttpRequest, form: LoadForm) -> HttpResponse:
    context = page_context(model_admin, request, "Load a text of a source") | {"form": form}
    return TemplateResponse(request, "desk/text_load.html", context)


def _second_step(
    model_admin: Any,
    request: HttpRequest,
    form: CorrectForm,
    loaded: LoadedText | None = None,
) -> HttpResponse:
    """The text as it would be kept, and what that would do. Some queries for the effect."""
    context = page_context(model_admin, request, "Correct the text before it is kept") | {
        "form": form,
        "keep": KEEP,
        "loaded": loaded,
        "source": None,
        "blocks": [],
        "beside": "",
    }
    if not {"source", "marked"} & set(form.errors):
        context |= _as_kept(form.cleaned_data["source"], form.blocks)
    return TemplateResponse(request, "desk/text_correct.html", context)


def _as_kept(source: Source, blocks: list[Block]) -> dict[str, Any]:
    newest = source.texts.first()
    text = FoldedText(text_of(blocks), [])
    before = FoldedText(newest.text, []) if newest else None
    return {
        "source": source,
        "blocks": [
            {"number": number, "text": block.text, "is_heading": block.is_heading}
            for number, block in enumerate(blocks, start=1)
        ],
        "headings": len(headings_of(blocks)),
        "newest": newest,
        "beside": _sign_of(newest),
        "already": source.texts.filter(sha256=digest(text_of(blocks))).first(),
        "effects": effects_of(source, before, text),
    }
