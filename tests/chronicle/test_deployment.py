from pathlib import Path

import pytest
from django.conf import settings

from chronicle import deployment
from chronicle.deployment import deployed, digest_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("templates/base.html", "events/views.py", "requirements.txt"):
        file = tmp_path / "here" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path / "here"


def files_of(project: Path) -> list[Path]:
    return list(project.rglob("*"))


def test_digest_is_of_names_and_contents_wherever_they_lie(project: Path, tmp_path: Path):
    seen = digest_of(project, files_of(project))
    assert digest_of(project, reversed([*files_of(project), project / "missing.html"])) == seen

    elsewhere = project.rename(tmp_path / "elsewhere")
    assert digest_of(elsewhere, files_of(elsewhere)) == seen

    (elsewhere / "templates/base.html").write_text("changed")
    changed = digest_of(elsewhere, files_of(elsewhere))
    (elsewhere / "templates/base.html").rename(elsewhere / "templates/other.html")
    assert len({seen, changed, digest_of(elsewhere, files_of(elsewhere))}) == 3


def test_what_is_deployed_is_code_templates_requirements_and_static_files(
    monkeypatch: pytest.MonkeyPatch,
):
    seen: list[Path] = []
    monkeypatch.setattr(deployment, "digest_of", lambda base, files: seen.extend(files))
    deployment._digest_of_all()
    names = {file.relative_to(settings.BASE_DIR).as_posix() for file in seen}
    assert {
        "requirements.txt",
        "templates/base.html",
        "templates/public/base.html",
        "locale/fr/LC_MESSAGES/django.mo",
        "chronicle/views.py",
        "chronicle/jinja.py",
        "events/document.py",
        "var/static/staticfiles.json",
    } <= names


def test_it_is_read_once_a_process_and_each_time_while_developing(
    monkeypatch: pytest.MonkeyPatch, settings
):
    deployment._at_start.cache_clear()
    answers = iter("abcd")
    monkeypatch.setattr(deployment, "_digest_of_all", lambda: next(answers))
    assert (deployed(), deployed()) == ("a", "a")
    settings.DEBUG = True
    assert (deployed(), deployed()) == ("b", "c")
    deployment._at_start.cache_clear()
