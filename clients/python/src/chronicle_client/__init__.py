"""Reads a Chronicle site: its entries, citations and changes, and keeps a verified copy of it."""

from chronicle_client.citations import Citation
from chronicle_client.entries import Entry, Page, Reference, Version
from chronicle_client.errors import (
    AnotherRecord,
    ChronicleError,
    Damaged,
    Gone,
    InUse,
    NotThere,
    Refused,
    Unreachable,
)
from chronicle_client.mirror import Mirror
from chronicle_client.site import Chronicle
from chronicle_client.verify import Report, verify_package

__all__ = [
    "AnotherRecord",
    "Chronicle",
    "ChronicleError",
    "Citation",
    "Damaged",
    "Entry",
    "Gone",
    "InUse",
    "Mirror",
    "NotThere",
    "Page",
    "Reference",
    "Refused",
    "Report",
    "Unreachable",
    "Version",
    "verify_package",
]
