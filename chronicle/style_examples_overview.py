"""What the style page fills components of the overview with."""

from datetime import UTC, datetime
from typing import Any

from record.editions_over_time import EditionBar, Segment
from record.kinds_over_time import KindBar, KindRow, KindsOverTime
from sources.coverage_by_source import Coverage, Part, Single, SourceBar

YEARS = [f"{year}–{year + 4}" for year in range(1980, 2020, 5)]
BARS = [
    KindBar(years, at, round(100 * at / 7, 1), "/events/" if at else "")
    for at, years in enumerate(YEARS)
]

OVERVIEW_EXAMPLES: dict[str, dict[str, Any]] = {
    "_kinds_over_time": {
        "found": KindsOverTime(
            [KindRow("Meeting", "/events/", 28, BARS), KindRow("2 other kinds", "", 28, BARS)],
            YEARS,
            "1980",
            "2019",
            7,
            3,
            "/events/?date=none",
        ),
        "highest": "7 events",
    },
    "_coverage": {
        "coverage": Coverage(
            [SourceBar("The talks by the lake", "/sources/", 12, 100, [Part("12 events", "/")])],
            3,
            5,
            [Single(4, "12 events", 33, "/verify/single-source/")],
        )
    },
    "_editions_over_time": {
        "editions": [
            EditionBar(
                2,
                datetime(2024, 5, 6, tzinfo=UTC),
                "/editions/",
                12,
                "New: 8, Correction: 3, Withdrawal: 1",
                [Segment("said", 0, 67), Segment("changed", 67, 25), Segment("gone", 92, 8)],
            )
        ]
    },
}
