"""Who made what a submission contains, asked both ways."""

from django.contrib.auth.models import User

from desk import authors
from desk.models import Submission


def authors_of(submission: Submission) -> set[int]:
    """As the desk says it of one submission; the lists of submissions have to say the same."""
    found = authors.authors_of(submission)
    own = Submission.objects.filter(pk=submission.pk)
    listed = {
        user.pk for user in User.objects.all() if own.filter(authors.with_author(user.pk)).exists()
    }
    assert listed == found
    return found
