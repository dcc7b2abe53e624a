from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """The desk will not do this; ``messages`` says why, one sentence a problem."""
