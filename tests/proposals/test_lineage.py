"""How proposals stand to earlier ones, as the database lets it be said."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from proposals.models import Lineage, LineageKind
from tests import world

pytestmark = pytest.mark.django_db

ONE = "Name an earlier provision or the whole of an earlier proposal, not both."
WHOLE = (
    "The whole of a proposal stands to the whole of another: name no provision, and another "
    "kind than “drops”."
)
PROVISION = "Name the provision, except where one is dropped."


@pytest.mark.parametrize(
    ("kind", "provision", "earlier", "whole", "message"),
    [
        (LineageKind.REVISES, True, True, False, None),
        (LineageKind.DROPS, False, True, False, None),
        (LineageKind.REVISES, False, False, True, None),
        (LineageKind.REVISES, True, False, False, ONE),
        (LineageKind.REVISES, False, True, True, ONE),
        (LineageKind.REVISES, False, True, False, PROVISION),
        (LineageKind.DROPS, True, True, False, PROVISION),
        (LineageKind.REVISES, True, False, True, WHOLE),
        (LineageKind.DROPS, False, False, True, WHOLE),
    ],
)
def test_lineage_is_of_a_provision_or_of_the_whole(kind, provision, earlier, whole, message):
    old = world.proposal("Old", provisions=[world.provision()])
    new = world.proposal("New", provisions=[world.provision()])
    row = Lineage(
        entry=new,
        kind=kind,
        provision=new.provisions.get() if provision else None,
        earlier=old.provisions.get() if earlier else None,
        earlier_proposal=old if whole else None,
    )
    if message is None:
        row.full_clean(exclude=["key"])
        row.save()
        return
    with pytest.raises(ValidationError) as refused:
        row.full_clean(exclude=["key"])
    assert message in refused.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_proposal_does_not_go_back_to_itself():
    plan = world.proposal("A plan")
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.lineage.create(kind=LineageKind.REVISES, earlier_proposal=plan)
