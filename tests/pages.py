"""Pages as a browser without script sees them: their forms, filled in as they come."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

Fields = dict[str, list[str]]


def admin_url(thing: Any, page: str) -> str:
    """Address of an admin page of an object, or of its model where the page is of no object."""
    opts = thing._meta
    args = [] if isinstance(thing, type) else [thing.pk]
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


class EntryForm:
    """The admin's form of an entry, or of a new one: fill it in, then send it."""

    def __init__(self, client: Client, thing: Any) -> None:
        self.client = client
        self.url = admin_url(thing, "add" if isinstance(thing, type) else "change")
        self.form_id = f"{thing._meta.model_name}_form"
        self.page = client.get(self.url)
        self.fields = form_of(self.page, form_id=self.form_id)

    def set(self, **values: Any) -> None:
        for name, value in values.items():
            assert name in self.fields, name
            self.fields[name] = [str(value)]

    def row(self, rows: str, number: int, **values: Any) -> None:
        """Fill in one row; one more than the form has is added, as its script would."""
        total = self.fields[f"{rows}-TOTAL_FORMS"]
        if number == int(total[0]):
            total[0] = str(number + 1)
            for name in [name for name in self.fields if name.startswith(f"{rows}-__prefix__-")]:
                self.fields[name.replace("__prefix__", str(number))] = list(self.fields[name])
        for name, value in values.items():
            full = f"{rows}-{number}-{name}"
            if name != "DELETE":
                assert full in self.fields, full
            self.fields[full] = [str(value)]

    def blank(self, rows: str) -> int:
        """Number of the first row that is no saved one."""
        return int(self.fields[f"{rows}-INITIAL_FORMS"][0])

    def send(self) -> Any:
        return self.client.post(self.url, self.fields)

    def refused(self) -> list[str]:
        """Send it; the errors shown, which there have to be, with everything typed kept."""
        response = self.send()
        assert response.status_code == 200
        assert form_of(response, form_id=self.form_id) == self.fields
        shown = response.context["errors"]
        return [
            str(error) for item in shown for error in (item if isinstance(item, list) else [item])
        ]


def form_of(response: Any, *, form_id: str = "", action: str = "") -> Fields:
    """What a browser would send of one form of the page, nothing changed by hand.

    The form is found by its id or its address; otherwise the page has one form alone, besides
    the one for signing out.
    """
    reader = _Forms()
    reader.feed(response.content.decode())
    found = [
        fields
        for attributes, fields in reader.forms
        if (not form_id or attributes.get("id") == form_id)
        and (not action or attributes.get("action") == action)
        and attributes.get("id") != "logout-form"
    ]
    assert len(found) == 1, [attributes for attributes, _ in reader.forms]
    fields = found[0]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def forms_of(response: Any) -> list[tuple[dict[str, str | None], Fields, set[str]]]:
    """Every form of the page: its attributes, what a browser would send of it, and the kinds of
    its fields, such as ``textarea`` or ``password``."""
    reader = _Forms()
    reader.feed(response.content.decode())
    return [(*form, kinds) for form, kinds in zip(reader.forms, reader.kinds, strict=True)]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str | None], Fields]] = []
        self.kinds: list[set[str]] = []
        self.inside = False
        self.select: tuple[str, bool] | None = None
        self.options: list[tuple[str, bool]] = []
        self.textarea: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self.forms.append((attributes, {}))
            self.kinds.append(set())
            self.inside = True
        if not self.inside or "disabled" in attributes:
            return
        if tag in ("input", "textarea", "select"):
            self.kinds[-1].add(attributes.get("type") or "text" if tag == "input" else tag)
        name = attributes.get("name") or ""
        if tag == "select" and name:
            self.select, self.options = (name, "multiple" in attributes), []
        elif tag == "option" and self.select:
            self.options.append((attributes.get("value") or "", "selected" in attributes))
        elif tag == "textarea" and name:
            self.textarea, self.text = name, ""
        elif tag == "input" and name:
            self._input(name, attributes)

    def _input(self, name: str, attributes: dict[str, str | None]) -> None:
        kind = attributes.get("type") or "text"
        if kind in ("submit", "button", "image", "file", "reset"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in attributes:
                self._add(name, attributes.get("value") or "on")
            return
        self._add(name, attributes.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.textarea:
            # As browsers do: the first line end is markup, and line ends are sent as CR LF.
            text = self.text.removeprefix("\r\n").removeprefix("\n")
            self._add(self.textarea, text.replace("\r\n", "\n").replace("\n", "\r\n"))
            self.textarea = None
        elif tag == "select" and self.select:
            name, multiple = self.select
            chosen = [value for value, selected in self.options if selected]
            if not chosen and not multiple and self.options:
                chosen = [self.options[0][0]]
            self.forms[-1][1].setdefault(name, []).extend(chosen)
            self.select = None

    def _add(self, name: str, value: str) -> None:
        self.forms[-1][1].setdefault(name, []).append(value)
