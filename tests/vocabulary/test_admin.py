"""Terms at the desk."""

import pytest

from tests import world
from tests.pages import EntryForm
from vocabulary.models import Term


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.chief_editor)


def test_term_is_entered_with_its_labels(desk, db):
    form = EntryForm(desk, Term)
    form.set(vocabulary="topic", slug="status", order="3")
    form.row("labels", 0, label="Status", definition="Who governs.")
    form.row("labels", 1, language="fr", label="Statut")

    assert form.send().status_code == 302
    document = world.document(Term.objects.get())
    assert (document["vocabulary"], document["order"], document["retired"]) == ("topic", 3, False)
    assert [(row["key"], row["language"], row["label"]) for row in document["labels"]] == [
        ("p1", "en", "Status"),
        ("p2", "fr", "Statut"),
    ]


def test_labels_change_languages_with_one_another(desk, db):
    term = world.term(labels=[{"label": "Statut", "language": "en"}])
    form = EntryForm(desk, term)
    form.row("labels", 0, language="fr")
    form.row("labels", 1, language="en", label="Status")

    assert form.send().status_code == 302
    rows = world.document(term)["labels"]
    assert [(row["language"], row["label"]) for row in rows] == [("fr", "Statut"), ("en", "Status")]


def test_labels_swap_their_languages(desk, db):
    labels = [{"label": "Statut", "language": "en"}, {"label": "Status", "language": "fr"}]
    term = world.term(labels=labels)
    form = EntryForm(desk, term)
    form.row("labels", 0, language="fr")
    form.row("labels", 1, language="en")

    assert form.send().status_code == 302
    rows = world.document(term)["labels"]
    assert [(row["key"], row["language"], row["label"]) for row in rows] == [
        ("p1", "fr", "Statut"),
        ("p2", "en", "Status"),
    ]


def test_slug_that_looks_like_an_id_is_refused(desk, db):
    form = EntryForm(desk, Term)
    form.set(vocabulary="topic", slug="t9")

    assert form.refused() == ["The slug “t9” looks like a public id; add a word to it."]
