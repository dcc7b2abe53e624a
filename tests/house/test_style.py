"""The style page, where the desk sees every component of the public pages."""

import pytest

from chronicle.style import FRAME, component_names
from chronicle.style_examples import EXAMPLES
from tests.page_reading import Page

pytestmark = pytest.mark.django_db


def test_every_component_has_an_example():
    """A new component comes with one in ``chronicle/style_examples.py``."""
    assert set(EXAMPLES) == set(component_names()) - FRAME


def test_page_shows_every_component_from_its_own_template(cast, client_of):
    page = Page(client_of(cast.contributor).get("/desk/style/").content.decode())
    shown = [element.text for element in page.with_class("specimen-name")]
    assert shown == [f"{name}.html" for name in sorted(EXAMPLES)]
    assert [len(element.text) > 0 for element in page.with_class("specimen-shown")] == [True] * len(
        EXAMPLES
    )
    assert page.with_class("mark")
    assert len(page.ids) == len(set(page.ids))


def test_page_is_not_for_readers(reader):
    response = reader.get("/desk/style/")
    assert response.status_code == 302
    assert response["Location"].startswith("/desk/login/?next=/desk/style/")
