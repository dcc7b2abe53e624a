"""What is looked for among terms."""

from desk.integrity import NamesAlike
from vocabulary.models import Label


class TermsAlike(NamesAlike):
    name = "terms-alike"
    title = "Terms with labels alike"
    types = ("term",)
    model = Label
    text = "label"
    group = "entry__vocabulary"


CHECKS = (TermsAlike(),)
