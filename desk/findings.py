"""What the integrity checks found: kept beside the entries, so that lists of it are quick.

Looked for again in the transaction of each save, about the entry saved; of all entries by
``manage.py check_chronicle``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Q, When, Window
from django.utils import timezone

from desk.bases import normalised
from desk.integrity import Everything, Found, IntegrityCheck, Touched, integrity_checks
from desk.models import Finding, FindingEntry, WorkingCopy
from desk.naming import document_of, name_in
from desk.refusals import Refused
from desk.roles import require
from desk.texts import checked_text
from desk.types import desk_type_for, entry_keys
from record.statements import Among

BATCH = 1000  # ids a statement
ON_A_FORM = 5


@dataclass(frozen=True)
class _Told:
    check: IntegrityCheck
    found: Found
    sentence: str

    @property
    def ids(self) -> list[str]:
        return list(dict.fromkeys(self.found.entries.values()))


def refresh_findings(public_ids: Collection[str]) -> None:
    """Look again for everything about these few entries; what is no longer so is forgotten.

    A query or two a check that their types matter to, and some six more.
    """
    types = {desk_type_for(public_id).name for public_id in public_ids}
    checks = [check for check in integrity_checks() if types & set(check.types)]
    with transaction.atomic():
        about = FindingEntry.objects.filter(public_id__in=list(public_ids)).values("finding")
        # Not of other checks: a source is named in a finding of each entry that rests on it.
        known = Finding.objects.filter(
            pk__in=about, check_name__in=[check.name for check in checks]
        )
        _keep(checks, _touched(public_ids), known)


def find_everything(check: IntegrityCheck) -> None:
    """Look over the whole desk with one check, in a transaction.

    Queries grow with the thousands of entries that something is found about.
    """
    with transaction.atomic():
        _keep([check], Everything(), Finding.objects.filter(check_name=check.name))


def forget_findings(public_ids: Iterable[str]) -> None:
    """Of entries that have gone: what is not there is not wrong. Two statements a thousand."""
    ids = list(public_ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        about = FindingEntry.objects.filter(public_id__in=batch).values("finding")
        Finding.objects.filter(pk__in=about).delete()


def accept_finding(finding: Finding, *, by: Any, reason: str) -> None:
    """Say that it is so, and why: it leaves the lists until its facts change.

    ``Refused`` without a reason, and where somebody has accepted it already or it has gone.
    """
    require(by, "accept_finding")
    reason = normalised(reason)
    if not reason:
        raise Refused("Say why it is so: whoever comes after you will want to know.")
    checked_text(reason)
    open_ones = Finding.objects.filter(pk=finding.pk, accepted_at=None)
    if not open_ones.update(accepted_by=by, accepted_at=timezone.now(), accepted_reason=reason):
        raise Refused("This has been accepted already, or is no longer found.")


def reopen_finding(finding: Finding, *, by: Any) -> None:
    """Take an acceptance back: it stands in the lists again."""
    require(by, "accept_finding")
    Finding.objects.filter(pk=finding.pk).update(
        accepted_by=None, accepted_at=None, accepted_reason=""
    )


def findings_of(public_id: str) -> list[Finding]:
    """What is told on the form of this entry: ``ON_A_FORM`` at most, each with the ``total``.

    Open ones first, and of those what is mended here: a source is named in a finding of each entry
    that rests on it. One query.
    """
    about = FindingEntry.objects.filter(public_id=public_id).values("finding")
    found = Finding.objects.filter(pk__in=about).select_related("accepted_by")
    elsewhere = Case(When(public_id=public_id, then=0), default=1)
    in_order = found.order_by(F("accepted_at").asc(nulls_first=True), elsewhere, "pk")
    return list(in_order.annotate(total=Window(Count("pk")))[:ON_A_FORM])


def _touched(public_ids: Collection[str]) -> Touched:
    """One query a type."""
    entries: dict[str, dict[int, str]] = defaultdict(dict)
    for public_id, key in entry_keys(public_ids).items():
        entries[desk_type_for(public_id).name][key] = public_id
    return Touched(entries)


def _keep(checks: list[IntegrityCheck], touched: Touched, known: Any) -> None:
    """Make the rows of ``known`` those that are found now; what was accepted stays so."""
    # Locked in one order, so that two saves of neighbours do not wait for one another.
    ids = known.order_by().values("pk")
    stored = Finding.objects.select_for_update().filter(pk__in=ids).order_by("pk").in_bulk()
    told = {each.found.facts(each.check.name): each for each in _told(checks, touched)}
    gone = sorted(set(stored) - set(told))
    for start in range(0, len(gone), BATCH):
        Finding.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    renamed = []
    for facts in set(stored) & set(told):
        if stored[facts].sentence != told[facts].sentence:
            stored[facts].sentence = told[facts].sentence
            renamed.append(stored[facts])
    if renamed:
        Finding.objects.bulk_update(renamed, ["sentence"], batch_size=BATCH)
    _add({facts: told[facts] for facts in sorted(set(told) - set(stored))})


def _add(told: Mapping[str, _Told]) -> None:
    now = timezone.now()
    findings, entries = [], []
    for facts, each in told.items():
        first = each.ids[0]
        findings.append(
            Finding(
                facts=facts,
                check_name=each.check.name,
                public_id=first,
                type=desk_type_for(first).name,
                sentence=each.sentence,
                found_at=now,
            )
        )
        entries += [FindingEntry(finding_id=facts, public_id=one) for one in each.ids]
    if findings:
        # Somebody who saves the other entry at this instant finds the very same.
        Finding.objects.bulk_create(findings, batch_size=BATCH, ignore_conflicts=True)
        FindingEntry.objects.bulk_create(entries, batch_size=BATCH, ignore_conflicts=True)


def _told(checks: list[IntegrityCheck], touched: Touched) -> list[_Told]:
    """Everything found between entries that stand at the desk: withdrawn ones are out of it."""
    found = [(check, each) for check in checks for each in check.find(touched)]
    names = _names({public_id for _, each in found for public_id in each.entries.values()})
    return [
        _Told(check, each, check.told(each, names))
        for check, each in found
        if all(public_id in names for public_id in each.entries.values())
    ]


def _names(public_ids: Collection[str]) -> dict[str, str]:
    """Names by id, without entries that are withdrawn. One query a thousand."""
    ids, names = sorted(public_ids), {}
    for start in range(0, len(ids), BATCH):
        copies = WorkingCopy.objects.filter(Among(F("public_id"), ids[start : start + BATCH]))
        standing = copies.exclude(Q(published=None) & Q(changed=False))
        for copy in standing.select_related("revision"):
            names[copy.public_id] = name_in(document_of(copy.revision))
    return names
