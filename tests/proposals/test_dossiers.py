"""A comparison and a matrix as files to take away."""

import io

import pytest

from proposals import comparing
from proposals.dossier_markdown import escaped
from tests import world
from tests.proposals.plans import answered_plan, three_plans

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def test_markdown_of_a_comparison(reader, publish):
    edition = publish(*three_plans())
    answer = reader.get("/proposals/compare.md?ids=P1,P2")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == (
        'attachment; filename="proposals-side-by-side-edition-1.md"'
    )
    day = f"{edition.published_at:%-d %B %Y}"
    first = f"[The first plan](<{ORIGIN}/proposals/the-first-plan/?edition=1>)"
    second = f"[The second plan](<{ORIGIN}/proposals/the-second-plan/?edition=1>)"
    lines = answer.content.decode().splitlines()
    assert lines[:3] == [
        "# The first plan – The second plan",
        "",
        f"Chronicle, edition 1 of {day}: <{ORIGIN}/proposals/compare/?ids=P1,P2&edition=1>",
    ]
    start = lines.index("### Status")
    assert lines[start + 2 : start + 4] == [
        f"- {first}: Status is decided later. \\[2\\]",
        (
            f"- {second}: **Drops** [The first plan]"
            f"(<{ORIGIN}/proposals/the-first-plan/?edition=1#p2>): “Status is decided "
            "later.” \\[1\\]"
        ),
    ]
    assert "Both sides withdraw within ~~a year.~~ **two years.**" in lines
    assert lines[-2:] == [
        (
            "- \\[1\\] A report on the talks (undated). "
            f"[P2/c1](<{ORIGIN}/proposals/the-second-plan/citations/c1/?edition=1>)"
        ),
        (
            "- \\[2\\] A report on the talks (undated). "
            f"[P1/c1](<{ORIGIN}/proposals/the-first-plan/citations/c1/?edition=1>)"
        ),
    ]


def test_markdown_says_how_many_texts_are_not_compared(reader, publish, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_DIFFERENCES", 1)
    *plans, third = three_plans()
    revised = {"provision": 0, "kind": "revises", "earlier": third.provisions.get()}
    fourth = world.proposal("Fourth", provisions=[world.provision()], lineage=[revised])
    publish(*plans, third, fourth)
    words = reader.get("/proposals/compare.md?ids=P1,P2,P3,P4").content.decode()
    assert "\n1 more would take too long to compare at once: choose fewer proposals.\n" in words


def test_markdown_of_a_matrix_says_as_of_when(reader, publish):
    publish(answered_plan())
    lines = reader.get("/proposals/responses.md?on=1997-09").content.decode().splitlines()
    assert lines[0] == "# Who answered how, as of the end of September 1997"
    assert lines[2].endswith("/proposals/responses/?on=1997-09&edition=1>")
    (row,) = (line for line in lines if line.startswith("| [The answered plan]"))
    assert row.endswith(
        "| **rejects**, September 1997 \\[1\\] | **none found** as of 2024, looked in The journal. "
        "\\[1\\] |"
    )


@pytest.mark.parametrize("address", ["compare.docx?ids=P1,P2", "responses.docx?proposal=P2"])
def test_docx_holds_the_same_and_is_read_by_others(reader, publish, address):
    docx = pytest.importorskip("docx")
    publish(*three_plans())
    answer = reader.get(f"/proposals/{address}")
    document = docx.Document(io.BytesIO(answer.content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"{ORIGIN}/proposals/{address.partition('.')[0]}/" in words
    assert "edition 1 of" in words
    assert len(document.tables) >= 1


def test_file_of_what_cannot_be_read_is_refused(reader, publish):
    publish(*three_plans())
    for address in ("compare.md?ids=P1", "compare.docx", "responses.md?on=soon"):
        answer = reader.get(f"/proposals/{address}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_file_is_asked_for_once(reader, publish):
    publish(*three_plans())
    address = "/proposals/compare.md?ids=P1,P2"
    mark = reader.get(address)["ETag"]
    assert reader.get(address, headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a * b_c [x](y) <b> | `d` #", r"a \* b\_c \[x\](y) \<b\> \| \`d\` \#"),
        ("- no list", r"\- no list"),
        ("1. no list\n\n# none", r"1\. no list \# none"),
    ],
)
def test_what_means_something_to_markdown_is_escaped(text, markdown):
    assert escaped(text) == markdown
