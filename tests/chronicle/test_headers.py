import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_every_page_says_what_a_browser_may_do(client: Client):
    headers = client.get(reverse("account_login")).headers
    policy = headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
