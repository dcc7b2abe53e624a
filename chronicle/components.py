"""The components of the public pages, for what is no template of theirs.

A component is a macro in a file of its own: ``components/_entry_row.html`` has ``EntryRow``.
"""

from typing import Any

from django.template import engines


def component(name: str) -> Any:
    """The macro of ``_entry_row``, say: called with named values, it gives HTML."""
    backend: Any = engines["jinja2"]
    template = backend.env.get_template(f"components/{name}.html")
    return getattr(template.module, macro_name(name))


def macro_name(name: str) -> str:
    """``EntryRow`` for ``_entry_row``."""
    return "".join(word.capitalize() for word in name.split("_"))
