import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("context_options", [{}, {"java_script_enabled": False}])
def test_description_of_the_api_is_read_and_tried(page, full):
    page.goto("/api/v1/docs/")
    expect(page).to_have_title("API – Chronicle")
    events = page.locator("#events-list")
    events.get_by_text(re.compile(r"^\d+ parameters$")).click()
    expect(events.get_by_text("The order of the results; date unless given.")).to_be_visible()
    events.get_by_role("link", name="EventList").click()
    expect(page.locator("#shape-EventList")).to_be_in_viewport()
    # Not opened: of an answer that is no page, Chromium asks for an icon that there is none of.
    address = events.get_by_role("link", name="Open it here").get_attribute("href")
    assert page.request.get(address).json()["edition"] == 1
