"""The desk's own tables."""

from desk.models.findings import Finding, FindingEntry
from desk.models.previews import PreviewComment, PreviewLink
from desk.models.submissions import (
    OPEN_STATES,
    Merger,
    Submission,
    SubmissionItem,
    SubmissionNote,
    SubmissionState,
)
from desk.models.working import Counter, KeptBeside, Revision, WorkingCopy

__all__ = [
    "OPEN_STATES",
    "Counter",
    "Finding",
    "FindingEntry",
    "KeptBeside",
    "Merger",
    "PreviewComment",
    "PreviewLink",
    "Revision",
    "Submission",
    "SubmissionItem",
    "SubmissionNote",
    "SubmissionState",
    "WorkingCopy",
]
