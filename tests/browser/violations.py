"""What axe finds on a page, in a line each."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(axe: Axe, page: Page, *, apart_from: Sequence[str] = ()) -> list[str]:
    """Rule and elements of each violation of WCAG 2.0 to 2.2, levels A and AA."""
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {rule: {"enabled": False} for rule in apart_from},
        "resultTypes": ["violations"],
    }
    return [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for violation in axe.run(page, options=options).response["violations"]
        for node in violation["nodes"]
    ]
