"""What axe finds on a page, in a line each."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What colours can break; all else is the same in the dark.
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCHEMES = {"light": WCAG, "dark": OF_COLOUR}
# Select2, in Django's admin, puts the button that clears a choice of several into its list.
NOT_OURS = {("list", '<ul class="select2-selection__rendered">')}


def violations(axe: Axe, page: Page, schemes: Mapping[str, Any] = SCHEMES) -> list[str]:
    """Scheme, rule and element of each violation of WCAG 2.0 to 2.2, levels A and AA."""
    found = []
    for scheme, rules in schemes.items():
        # Without motion, since colours that still fade are no colours to measure.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {
            "runOnly": rules,
            "resultTypes": ["violations"],
            # To look into style sheets, axe would write its own into the page, which ours refuses.
            "preload": False,
        }
        found += [
            f"{scheme}: {violation['id']}: {node['html'][:200]} ({node['failureSummary']})"
            for violation in axe.run(page, options=options).response["violations"]
            for node in violation["nodes"]
            if (violation["id"], node["html"]) not in NOT_OURS
        ]
    return found
