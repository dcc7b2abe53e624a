"""What is looked for among places, and among terms in the same way."""

from desk.models import Finding
from tests import world
from vocabulary.models import Vocabulary


def test_places_with_names_alike(db):
    world.place("Lakeside")
    world.place("Lake town", names=[{"text": "Lake town"}, {"text": "LAKESIDE", "language": "az"}])

    (finding,) = Finding.objects.filter(check_name="places-alike")
    assert finding.sentence == (
        "Lakeside (L1) and Lake town (L2) have names alike, and may be one: “Lakeside” and "
        "“LAKESIDE”."
    )


def test_terms_with_labels_alike_in_one_vocabulary(db):
    world.term("Meeting")
    world.term("Meetings")
    world.term("Meeting", vocabulary=Vocabulary.ROLE, slug="meeting-role")

    (finding,) = Finding.objects.filter(check_name="terms-alike")
    assert finding.sentence.startswith("Meeting (T1) and Meetings (T2) have names alike")
