"""The pictures of the handbook can be taken. Where to, ``make handbook`` says."""

import os
from pathlib import Path

from tests.browser.desk_world import desk_world
from tests.browser.handbook import LARGEST, OUT, PICTURES, take_all


def test_pictures_of_the_handbook_can_be_taken_and_are_small(
    page, full, cast, client_of, settings, tmp_path, sign_in_as
):
    settings.FOUR_EYES = True
    desk = desk_world(full, cast, client_of)
    full.source.texts.latest().delete()  # it lacks the passage that the pictures show
    sign_in_as(cast.administrator)
    folder = Path(os.environ.get(OUT, tmp_path))

    take_all(page, desk, folder)

    taken = {path.stem: path.stat().st_size for path in folder.glob("*.png")}
    assert sorted(taken) == sorted(PICTURES)
    assert {name: size for name, size in taken.items() if size > LARGEST} == {}
