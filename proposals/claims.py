"""The claims of a proposal in words."""

from django.utils.translation import gettext, gettext_lazy, pgettext

from chronicle import localised
from record.called import foreign
from record.choices import choice_label
from record.phrases import phrase
from record.referred import Referred
from record.rows import Value, value_of
from record.types import Document, WordsForClaim
from sources.cards import claim_words

# Translators: claims of a proposal in words: how it stands to an earlier provision, or proposal.
LINEAGE = {
    True: {
        "same as": gettext_lazy("lineage: same as an earlier provision"),
        "revises": gettext_lazy("lineage: revises an earlier provision"),
        "replaces": gettext_lazy("lineage: replaces an earlier provision"),
        "drops": gettext_lazy("lineage: drops an earlier provision"),
    },
    False: {
        "same as": gettext_lazy("lineage: same as an earlier proposal"),
        "revises": gettext_lazy("lineage: revises an earlier proposal"),
        "replaces": gettext_lazy("lineage: replaces an earlier proposal"),
        "drops": gettext_lazy("lineage: drops an earlier proposal"),
    },
}
WORDS = 60  # letters of a provision that stand for it


def words(document: Document, referred: Referred) -> WordsForClaim:
    names = referred.names
    # Translators: claims of a proposal in words: who made it, what it provides, which topic it
    # does not address (%(topic)s is a name as it stands by itself).
    author, provision, silence = (
        gettext("%(actor)s as author"),
        gettext("provision “%(words)s”"),
        gettext("that it does not address %(topic)s"),
    )
    parts = {
        part["key"]: phrase(author, actor=value_of(names[part["actor"]]))
        for part in document["authors"]
    }
    language = foreign(document["language"])
    parts |= {
        part["key"]: phrase(provision, words=Value(beginning(part["summary"]), language=language))
        for part in document["provisions"]
    }
    parts |= {
        part["key"]: phrase(silence, topic=value_of(names[part["topic"]]))
        for part in document["silences"]
    }
    parts |= {
        part["key"]: Value(str(LINEAGE[bool(part["earlier"])][part["kind"]]))
        for part in document["lineage"]
    }
    # Translators: an answer to a proposal: “response of Kofi Annan: accepts”.
    response = gettext("response of %(actor)s: %(stance)s")
    parts |= {
        part["key"]: phrase(response, actor=value_of(names[part["actor"]]), stance=Value(stance))
        for part in document["responses"]
        for stance in [
            localised.lower(choice_label("proposal", "responses.stance", part["stance"]))
        ]
    }
    fields = {
        "presented": pgettext("field", "date of presentation"),
        "event": pgettext("field", "event at which it was presented"),
    }
    # Translators: the claim that there was such a proposal.
    return claim_words(gettext("that it was made"), parts, fields)


def beginning(text: str, most: int = WORDS) -> str:
    """In ``most`` letters, with those that say that it goes on."""
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"
