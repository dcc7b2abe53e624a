from playwright.sync_api import expect


def test_description_of_the_api_is_read_and_tried(page, faults):
    """Swagger UI runs under our Content-Security-Policy: any fault it logs fails the test."""
    page.goto("/api/v1/docs/")
    expect(page).to_have_title("API – Chronicle")
    expect(page.locator("h1")).to_contain_text("Chronicle API")
    page.get_by_role("button", name="List events").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    expect(page.locator(".live-responses-table")).to_contain_text('"edition": 0')
    assert faults == []
