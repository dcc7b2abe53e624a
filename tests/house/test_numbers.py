"""Numbers in addresses that ``int()`` cannot read, or reads as people do not mean them."""

import pytest
from django.test import Client

from record.types import type_of
from tests.examples import FullWorld

pytestmark = pytest.mark.django_db

NUMBERS = ["9" * 4301, "١٩٩٧", "²", "1_0"]
PARAMETERS = ["passages", "limit", "cursor", "from", "to", "ids", "kind", "place", "q"]
PLACES = ["/", "/search/", "/editions/", "/editions/1/", "/events/", "/proposals/", "/sources/"]


def test_no_number_in_an_address_is_an_error_of_ours(full: FullWorld, reader: Client):
    addresses = [
        *PLACES,
        f"/sources/{full.source.slug}/",
        *(f"/api/v1{place}" for place in PLACES if place != "/search/"),
    ]
    answered = {
        (address, name, number): reader.get(address, {name: number}).status_code
        for address in addresses
        for name in PARAMETERS
        for number in NUMBERS
    }
    assert set(answered.values()) <= {200, 302, 400}


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_in_a_path_is_an_error_of_ours(db: None, reader: Client, number: str):
    for room in ("events", "sources", "editions", "terms"):
        assert reader.get(f"/{room}/{number}/").status_code == 404
        assert reader.get(f"/api/v1/{room}/{number}/").status_code == 404
        assert reader.get(f"/{room}/E{number}/").status_code == 404


@pytest.mark.parametrize("number", ["١", "１", "²", ""])
def test_id_has_our_digits(number: str):
    with pytest.raises(KeyError):
        type_of(f"E{number}")
