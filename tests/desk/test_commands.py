import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command, load_command_class
from pytest_django import Settings

from desk.fixtures import content_files
from desk.models import Revision, Submission, WorkingCopy
from events.models import Event
from record.models import Change, Check, Edition, EditionCounter, Version
from record.reading import Record
from tests import world
from tests.conftest import Cast
from vocabulary.models import Label, Term

COMMANDS = ["dump_content", "load_content", "prepare", "publish", "verify_record", "withdraw"]
LATER = {"as_given": "", "edtf": "1998", "inferred": False}


def row(model: str, **fields: Any) -> dict[str, Any]:
    return {"model": model, "fields": fields}


def small_content() -> dict[str, list[dict[str, Any]]]:
    """Few rows; the events' file names rows further down."""
    terms = [("T1", "event kind", "talks"), ("T2", "role", "host"), ("T3", "subject", "peace")]
    return {
        "vocabulary": [
            made
            for public_id, vocabulary, slug in terms
            for made in (
                row("vocabulary.term", public_id=public_id, vocabulary=vocabulary, slug=slug),
                row("vocabulary.label", entry=[public_id], key="p1", label=slug.title()),
            )
        ],
        "sources": [
            row("sources.source", public_id="S1", slug="diary", kind="book", title="Diary")
        ],
        "actors": [
            row("actors.actor", public_id="A1", slug="envoy", kind="person"),
            row("actors.actorname", entry=["A1"], key="p1", text="The Envoy"),
            row("actors.tenure", entry=["A1"], key="p2", position=1, office=["A2", "p2"]),
            cites("actors.actorcitation", "A1", ["entry", "p1", "p2"]),
            row("actors.actor", public_id="A2", slug="council", kind="body"),
            row("actors.actorname", entry=["A2"], key="p1", text="The Council"),
            row("actors.office", entry=["A2"], key="p2", title="Envoy"),
            cites("actors.actorcitation", "A2", ["entry", "p1", "p2"]),
        ],
        "events": [
            row(
                "events.event",
                public_id="E1",
                slug="second-talks",
                title="Second talks",
                kind=["T1"],
                date=LATER,
                follows=[["E2"]],
                subjects=[["T3"]],
            ),
            row(
                "events.participation",
                entry=["E1"],
                key="p3",
                actor=["A1"],
                role=["T2"],
                tenure=["A1", "p2"],
            ),
            cites("events.eventcitation", "E1", ["entry", "date", "follows", "p3"]),
            row("events.event", public_id="E2", slug="first-talks", title="First", kind=["T1"]),
            cites("events.eventcitation", "E2", ["entry"]),
        ],
        "checks": [
            row(
                "record.check",
                public_id="E1",
                citation="c1",
                selector="1" * 64,
                text="2" * 64,
                state="exact",
                checked_on="2026-11-23",
            )
        ],
    }


def cites(model: str, entry: str, claims: list[str]) -> dict[str, Any]:
    return row(model, entry=[entry], key="c1", source=["S1"], claims=claims)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes content to a folder, some rooms replaced."""

    def write(**rooms: Any) -> Path:
        target = tmp_path / "fixtures"
        target.mkdir(exist_ok=True)
        for name, rows in (small_content() | rooms).items():
            (target / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
        return target

    return write


def run(command: str, *arguments: Any, **options: Any) -> str:
    """What the command says on standard output."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refused(command: str, *arguments: Any) -> list[str]:
    """Why the command fails, with exit status 1."""
    with pytest.raises(CommandError) as error:
        run(command, *arguments)
    assert error.value.returncode == 1
    return str(error.value).splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_command_says_what_it_does(name: str) -> None:
    command = load_command_class("desk", name)
    assert len(command.help) > 50
    assert command.help.endswith(".")


class TestLoadContent:
    def test_load_content_fills_the_desk_and_publishes_nothing(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        said = run("load_content", folder(), "--by", contributor.username)
        assert said == (
            "Loaded 8 entries (term 3, source 1, place 0, actor 2, event 2, proposal 0).\n"
        )
        assert sorted(WorkingCopy.objects.values_list("public_id", "changed", "gaps")) == [
            (public_id, True, 0) for public_id in ["A1", "A2", "E1", "E2", "S1", "T1", "T2", "T3"]
        ]
        assert Version.objects.count() == 0
        assert Check.objects.count() == 1

    def test_load_content_resolves_rows_that_name_later_ones(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        run("load_content", folder(), "--by", contributor.username)
        document = world.document(Event.objects.get(public_id="E1"))
        assert document["follows"] == ["E2"]
        assert document["participants"] == [
            {"key": "p3", "actor": "A1", "role": "T2", "tenure": "A1/p2"}
        ]
        assert document["date"]["earliest"] == "1998-01-01"

    def test_load_content_names_who_and_why_in_history_and_revisions(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        run("load_content", folder(), "--by", contributor.username, "--reason", "A start.")
        told = {
            (row.history_user, row.history_change_reason)
            for model in (Term, Label, Event)
            for row in model.history.all()
        }
        assert told == {(contributor, "A start.")}
        assert set(Revision.objects.values_list("saved_by", "reason", "number")) == {
            (contributor.pk, "A start.", 1)
        }

    def test_load_content_keeps_ids_and_keys_from_being_given_again(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        run("load_content", folder(), "--by", contributor.username)
        kind = Term.objects.get(public_id="T1")
        made = world.event("Third talks", kind=kind, citations=[])
        assert made.public_id == "E3"
        event = Event.objects.get(public_id="E1")
        assert world.cite(event, claims=["title"]).key == "c2"
        assert event.quantities.create(what="guests", best=3).key == "p4"

    def test_load_content_is_undone_by_what_it_writes(
        self, folder: Callable[..., Path], contributor: User, tmp_path: Path
    ) -> None:
        run("load_content", folder(), "--by", contributor.username)
        assert run("dump_content", tmp_path / "dumped").count("Wrote") == 7
        events = json.loads((tmp_path / "dumped" / "events.json").read_text(encoding="utf-8"))
        assert events == small_content()["events"]
        files = content_files()
        for file in (tmp_path / "dumped").iterdir():
            assert file.read_text(encoding="utf-8") == files[file.name]

    def test_dump_content_leaves_desk_notes_out(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        run("load_content", folder(), "--by", contributor.username)
        Term.objects.filter(public_id="T1").update(desk_note="canary", editor_note="shown")
        text = content_files()["vocabulary.json"]
        assert ("canary" in text, "shown" in text) == (False, True)

    def test_load_content_refuses_a_desk_that_is_not_empty(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        world.term()
        assert refused("load_content", folder(), "--by", contributor.username) == [
            "The desk is not empty; content is loaded into an empty one only."
        ]

    def test_load_content_refuses_a_record_that_is_not_empty(
        self, folder: Callable[..., Path], cast: Cast
    ) -> None:
        term = world.term(by=cast.contributor)
        world.publish_all(term, by=cast.contributor, approved_by=cast.editor)
        Term.objects.all()._raw_delete(using="default")  # as if only an edition had been loaded
        Label.objects.all()._raw_delete(using="default")
        assert refused("load_content", folder(), "--by", cast.contributor.username) == [
            "The desk is not empty; content is loaded into an empty one only."
        ]

    def test_load_content_refuses_somebody_unknown(
        self, folder: Callable[..., Path], db: None
    ) -> None:
        assert refused("load_content", folder(), "--by", "nobody") == [
            "Nobody here is called “nobody”."
        ]

    def test_load_content_refuses_a_folder_that_is_not_there(
        self, tmp_path: Path, contributor: User
    ) -> None:
        assert refused("load_content", tmp_path / "no", "--by", contributor.username) == [
            f"There is no folder {tmp_path / 'no'}."
        ]

    @pytest.mark.parametrize(
        ("room", "rows", "problem"),
        [
            ("events", [row("auth.user", username="x")], "events.json holds 'auth.user', which"),
            ("events", [{"model": "events.event"}], "events.json: each row has “model” and “f"),
            ("events", {"model": "events.event"}, "events.json: each row has “model” and “field"),
            (
                "events",
                [row("events.event", public_id="E1", slug="a", title="A", kind=["T9"])],
                "events.json: events.event E1 names what is not there: Term matching query",
            ),
            (
                "events",
                [
                    row(
                        "events.event",
                        public_id="E1",
                        slug="a",
                        title="A",
                        kind=["T1"],
                        follows=[["E9"]],
                    )
                ],
                "events.json: events.event E1 names what is not there: Event matching query",
            ),
            (
                "events",
                [row("events.event", public_id="E1", slug="e9", title="A", kind=["T1"])],
                "events.json: events.event E1: slug: The slug “e9” looks like a public id",
            ),
            (
                "events",
                [row("events.event", public_id="E1", slug="a", title="A", kind=["T2"])],
                "events.json: events.event E1: kind: term instance with",
            ),
            (
                "events",
                [row("events.event", public_id="E1", slug="a", kind=["T1"], date={"edtf": "soon"})],
                "events.json: events.event E1: ",
            ),
            (
                "events",
                [row("events.event", public_id="E1", slug="a", kind=["T1"], colour="red")],
                "events.json: events.event E1: Event has no field named 'colour'",
            ),
            (
                "actors",
                [row("actors.actorname", key="p1", text="Nobody")],
                "actors.json: actors.actorname /p1: ",
            ),
        ],
    )
    def test_load_content_names_the_row_that_does_not_fit_and_loads_nothing(
        self,
        folder: Callable[..., Path],
        contributor: User,
        room: str,
        rows: Any,
        problem: str,
    ) -> None:
        content = folder(**{room: rows})
        problems = refused("load_content", content, "--by", contributor.username)
        assert problems[0].startswith(problem)
        assert (Term.objects.count(), Revision.objects.count(), Label.history.count()) == (0, 0, 0)

    def test_load_content_refuses_what_is_no_json(
        self, folder: Callable[..., Path], contributor: User
    ) -> None:
        content = folder()
        (content / "events.json").write_text("[", encoding="utf-8")
        [problem] = refused("load_content", content, "--by", contributor.username)
        assert problem.startswith("events.json cannot be read: ")


class TestPublish:
    def test_publish_publishes_everything_new_or_changed(self, cast: Cast) -> None:
        first, other = world.term("First"), world.term("Other")
        people = ("--by", cast.contributor.username, "--approved-by", cast.editor.username)
        assert run("publish", *people, "--reason", "A start.") == (
            "Published edition 1: 2 entries.\n"
        )
        world.change(first, order=5)
        said = run("publish", *people, "--reason", "Order.", "--change", "clarification")
        assert said == "Published edition 2: 1 entries.\n"
        assert list(Version.objects.order_by("pk").values_list("public_id", "change")) == [
            (first.public_id, Change.NEW),
            (other.public_id, Change.NEW),
            (first.public_id, Change.CLARIFICATION),
        ]
        assert list(Edition.objects.values_list("reason", "by", "approved_by", "four_eyes")) == [
            ("Order.", "editor", "editor", True),
            ("A start.", "editor", "editor", True),
        ]

    def test_publish_of_nothing_says_so(self, cast: Cast) -> None:
        said = run("publish", "--by", cast.editor.username, "--reason", "Nothing.")
        assert said == "There is nothing new or changed to publish.\n"
        assert Edition.objects.count() == 0

    def test_publish_refuses_one_pair_of_eyes_and_leaves_no_submission(self, cast: Cast) -> None:
        world.term(by=cast.editor)
        assert refused("publish", "--by", cast.editor.username, "--reason", "Mine.") == [
            "You made changes in this submission; somebody else has to approve it."
        ]
        assert (Submission.objects.count(), Edition.objects.count()) == (0, 0)

    def test_publish_lets_a_desk_of_one_approve_and_says_so(
        self, cast: Cast, settings: Settings
    ) -> None:
        settings.FOUR_EYES = False
        world.term(by=cast.editor)
        run("publish", "--by", cast.editor.username, "--reason", "Mine.")
        assert Edition.objects.get().four_eyes is False

    def test_publish_names_every_claim_without_evidence(self, cast: Cast) -> None:
        event = world.event(citations=[])
        people = ("--by", cast.contributor.username, "--approved-by", cast.editor.username)
        problems = refused("publish", *people, "--reason", "Too soon.")
        assert problems == [
            f"{event.public_id}: no citation supports {claim}, and no waiver stands for it."
            for claim in ("entry", "date")
        ]

    def test_publish_refuses_somebody_unknown(self, cast: Cast) -> None:
        world.term()
        people = ("--by", cast.contributor.username, "--approved-by", "nobody")
        assert refused("publish", *people, "--reason", "x") == ["Nobody here is called “nobody”."]


class TestWithdraw:
    def test_withdraw_leaves_tombstones_with_the_reason(self, cast: Cast) -> None:
        first, other = world.term("First"), world.term("Other")
        world.publish_all(first, other, by=cast.contributor, approved_by=cast.editor)
        said = run(
            "withdraw",
            first.public_id,
            other.public_id,
            *("--by", cast.chief_editor.username, "--approved-by", cast.administrator.username),
            *("--reason", "Doubled."),
        )
        assert said == "Published edition 2: T1, T2 withdrawn.\n"
        assert Edition.objects.get(number=2).reason == "Doubled."
        assert Record.current().versions().count() == 0

    def test_withdraw_refuses_what_others_refer_to(self, cast: Cast) -> None:
        event = world.event()
        world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
        people = ("--by", cast.chief_editor.username, "--approved-by", cast.administrator.username)
        kind = event.kind.public_id
        assert refused("withdraw", kind, *people, "--reason", "x") == [
            f"{kind} cannot go: {event.public_id} refers to it."
        ]

    def test_withdraw_refuses_what_was_never_published(self, cast: Cast) -> None:
        people = ("--by", cast.chief_editor.username, "--approved-by", cast.administrator.username)
        assert refused("withdraw", "E9", *people, "--reason", "x") == [
            "E9 is not published, so it cannot be withdrawn."
        ]


class TestVerifyRecord:
    def test_verify_record_says_what_it_read(self, cast: Cast) -> None:
        world.publish_all(world.term(), by=cast.contributor, approved_by=cast.editor)
        assert [line.split(maxsplit=1) for line in run("verify_record").splitlines()] == [
            ["1", "editions"],
            ["1", "versions"],
            ["1", "standing versions"],
            ["0", "tombstones"],
            ["0", "redacted versions"],
            ["0", "links"],
            ["1", "search rows"],
            ["0", "shown passages"],
            ["all", "good"],
        ]

    def test_verify_record_of_an_empty_record_finds_all_good(self, db: None) -> None:
        assert [line.strip() for line in run("verify_record").splitlines()] == [
            "0 search rows",
            "0 shown passages",
            "all good",
        ]

    def test_verify_record_names_each_fault(self, cast: Cast) -> None:
        EditionCounter.objects.create(pk=1, value=4)
        assert refused("verify_record") == [
            "one fault:",
            "The counter of editions stands at 4, the newest edition is 0.",
        ]


class TestPrepare:
    @pytest.fixture
    def desk_of_one(self, db: None, folder: Callable[..., Path], settings: Settings) -> Settings:
        settings.BASE_DIR = folder().parent
        settings.FOUR_EYES = False
        return settings

    @pytest.mark.usefixtures("desk_of_one")
    def test_prepare_makes_an_administrator_and_publishes_the_content(self) -> None:
        made, hint, loaded = run("prepare").splitlines()
        name, password = made.removeprefix("Made an administrator. Name: ").split("  Password: ")
        user = User.objects.get()
        assert (user.username, user.is_superuser, user.is_staff) == ("administrator", True, True)
        assert name == "administrator"
        assert user.check_password(password)
        assert len(password) == 20
        assert "shown this once" in hint
        assert loaded == "Loaded 8 entries and published them as edition 1."
        edition = Edition.objects.get()
        assert (edition.reason, edition.four_eyes, edition.by) == (
            "First publication.",
            False,
            "administrator",
        )
        assert run("verify_record").endswith("all good\n")

    @pytest.mark.usefixtures("desk_of_one")
    def test_prepare_again_changes_nothing_and_says_nothing(self) -> None:
        run("prepare")
        hashed = User.objects.get().password
        world.change(Event.objects.get(public_id="E1"), title="Mine")
        assert run("prepare") == ""
        assert User.objects.get().password == hashed
        assert Event.objects.get(public_id="E1").title == "Mine"
        assert Edition.objects.count() == 1

    def test_prepare_takes_the_administrator_there_is(
        self, desk_of_one: Settings, administrator: User
    ) -> None:
        assert run("prepare") == "Loaded 8 entries and published them as edition 1.\n"
        assert list(User.objects.filter(is_superuser=True)) == [administrator]
        assert Revision.objects.values_list("saved_by", flat=True).distinct().get() == (
            administrator.pk
        )

    def test_prepare_gives_no_name_twice(self, desk_of_one: Settings) -> None:
        User.objects.create_user("administrator")
        run("prepare")
        [made] = User.objects.filter(is_superuser=True)
        assert made.username.startswith("administrator")
        assert User.objects.count() == 2

    def test_prepare_leaves_a_desk_with_entries_alone(self, desk_of_one: Settings) -> None:
        world.term("Mine")
        assert len(run("prepare").splitlines()) == 2  # the administrator
        assert [term.slug for term in Term.objects.all()] == ["mine"]

    def test_prepare_with_four_eyes_leaves_the_content_at_the_desk(
        self, desk_of_one: Settings
    ) -> None:
        desk_of_one.FOUR_EYES = True
        assert run("prepare").splitlines()[-1] == (
            "Loaded 8 entries. Somebody else has to approve them: see `manage.py publish --help`."
        )
        assert (WorkingCopy.objects.count(), Edition.objects.count()) == (8, 0)

    def test_prepare_with_content_that_does_not_fit_changes_nothing(
        self, desk_of_one: Settings, folder: Callable[..., Path]
    ) -> None:
        folder(events=[row("events.event", public_id="E1", slug="a", title="A", kind=["T9"])])
        assert refused("prepare")[0].startswith("events.json: events.event E1 names what is not")
        assert (User.objects.count(), Term.objects.count()) == (0, 0)

    def test_prepare_shows_no_password_of_an_administrator_who_never_was(
        self, desk_of_one: Settings, folder: Callable[..., Path]
    ) -> None:
        folder(events=[row("events.event", public_id="E1", slug="a", title="A", kind=["T9"])])
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("prepare", stdout=out, stderr=StringIO())
        assert (User.objects.count(), out.getvalue()) == (0, "")
