"""What axe finds on a page, in a line each."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


# Select2, in Django's admin, puts the button that clears a choice of several into its list.
NOT_OURS = {("list", '<ul class="select2-selection__rendered">')}


def violations(axe: Axe, page: Page) -> list[str]:
    """Rule and element of each violation of WCAG 2.0 to 2.2, levels A and AA."""
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "resultTypes": ["violations"],
        # To look into style sheets, axe would write its own into the page, which ours refuses.
        "preload": False,
    }
    return [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for violation in axe.run(page, options=options).response["violations"]
        for node in violation["nodes"]
        if (violation["id"], node["html"]) not in NOT_OURS
    ]
