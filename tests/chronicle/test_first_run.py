import stat
import threading
from pathlib import Path

import pytest
from environs import Env

from chronicle import first_run
from chronicle.first_run import write_settings


def test_first_run_writes_private_settings_once(tmp_path: Path, monkeypatch):
    file = tmp_path / "var" / "chronicle.env"
    for name in ("SECRET_KEY", "FOUR_EYES", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)

    assert write_settings(file)
    written = file.read_text()
    assert not write_settings(file)
    assert file.read_text() == written
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    env = Env()
    values = env.read_env(file, recurse=False, override=False)
    assert values
    assert len(env.str("SECRET_KEY")) >= 50
    assert env.bool("FOUR_EYES") is False
    assert "127.0.0.1" in env.list("ALLOWED_HOSTS")
    assert list(file.parent.iterdir()) == [file]


def test_run_that_dies_before_it_is_done_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "chronicle.env"

    def die(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(first_run.os, "fsync", die)
        with pytest.raises(KeyboardInterrupt):
            write_settings(file)
    assert list(tmp_path.iterdir()) == []

    assert write_settings(file)
    assert "SECRET_KEY=" in file.read_text()


def test_one_of_several_first_runs_writes_and_the_others_keep_it(tmp_path: Path):
    file = tmp_path / "chronicle.env"
    at_once = threading.Barrier(8)
    wrote = []

    def run() -> None:
        at_once.wait()
        if write_settings(file):
            wrote.append(file.read_text())

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrote == [file.read_text()]
    assert list(tmp_path.iterdir()) == [file]


def test_settings_written_meanwhile_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "chronicle.env"
    monkeypatch.setattr(first_run.os, "fsync", lambda _: file.write_text("SECRET_KEY=theirs"))
    assert not write_settings(file)
    assert file.read_text() == "SECRET_KEY=theirs"
