"""Names are kept while the newest edition is the newest, and of a few editions alone."""

from django.conf import settings

from record.kept_names import MOST_EDITIONS, kept_names


def test_names_are_kept_until_another_edition_is_the_newest():
    names = kept_names("first", 1)

    assert kept_names("first", 1) is names
    assert kept_names("first", 1, asked=True) is not names
    assert kept_names("second", 1) is not names
    # Whoever still read before the second one was published brings back none of what was kept.
    assert kept_names("first", 1) is not names
    assert kept_names("", 1) is not kept_names("", 1)


def test_names_of_a_few_editions_are_kept_those_asked_for_last():
    most = MOST_EDITIONS + len(settings.LANGUAGES)  # each language of that of now
    names = [kept_names("newest", number) for number in range(most)]
    assert kept_names("newest", 0) is names[0]
    kept_names("newest", most)

    assert kept_names("newest", 0) is names[0]
    assert kept_names("newest", 1) is not names[1]
