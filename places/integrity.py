"""What is looked for among places."""

from desk.integrity import NamesAlike
from places.models import PlaceName


class PlacesAlike(NamesAlike):
    name = "places-alike"
    title = "Places with names alike"
    types = ("place",)
    model = PlaceName
    text = "text"


CHECKS = (PlacesAlike(),)
