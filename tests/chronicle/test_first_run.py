import stat
from pathlib import Path

from environs import Env

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
