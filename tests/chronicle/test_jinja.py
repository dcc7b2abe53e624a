"""The environment of public templates, and their components in Django's templates."""

import os
from pathlib import Path

import pytest
from django.contrib.messages import ERROR
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import UndefinedError

MISSING = ["{{ missing }}", "{% if missing %}{% endif %}", "{% for each in missing %}{% endfor %}"]


@pytest.mark.parametrize("source", [*MISSING, "{% if title.missing %}{% endif %}"])
def test_what_is_missing_is_an_error(source: str):
    template = engines["jinja2"].from_string(source)
    with pytest.raises(UndefinedError):
        template.render({"title": "Talks"})


def test_roles_of_the_record_are_text():
    """Those of an edition that was loaded may be anything."""
    html = engines["jinja2"].from_string("{{ by|role }}").render({"by": "<b>50 % of us</b>"})
    assert html == "&lt;b&gt;50 % of us&lt;/b&gt;"


def test_data_cannot_end_its_script():
    source = "{{ linked_data({'name': '</script><b>'}) }}"
    html = engines["jinja2"].from_string(source).render()
    assert html == (
        '<script type="application/ld+json">'
        '{"name": "\\u003C/script\\u003E\\u003Cb\\u003E"}</script>'
    )


def test_component_in_a_template_of_the_desk_is_escaped_and_leaves_no_space():
    source = "({% component '_messages' messages=messages %})"
    shown = engines["django"].from_string(source).render({"messages": [Message(ERROR, "1 < 2")]})
    assert (shown[:5], shown[-7:]) == ("(<div", "</div>)")
    assert '<li class="notice" data-level="error">1 &lt; 2</li>' in shown


def test_while_they_are_written_a_changed_component_is_shown_by_whoever_has_imported_it(
    tmp_path: Path,
):
    component = tmp_path / "_name.html"
    component.write_text("{% macro Name() %}before{% endmacro %}")
    (tmp_path / "page.html").write_text('{% from "_name.html" import Name %}{{ Name() }}')
    engine = Jinja2(
        {
            "NAME": "written",
            "DIRS": [tmp_path],
            "APP_DIRS": False,
            "OPTIONS": {"environment": "chronicle.jinja.environment", "auto_reload": True},
        }
    )
    assert engine.get_template("page.html").render() == "before"
    component.write_text("{% macro Name() %}after{% endmacro %}")
    os.utime(component, (2**31, 2**31))
    assert engine.get_template("page.html").render() == "after"
