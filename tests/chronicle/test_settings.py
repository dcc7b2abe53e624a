import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "x1" * 30


def run_check(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "CHRONICLE_ENV_FILE": os.devnull,
            "DATABASE_URL": "sqlite://:memory:",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY, "FOUR_EYES": "perhaps"}, "FOUR_EYES"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
    ],
)
def test_wrong_settings_stop_with_one_line_that_names_them(environment: dict[str, str], named: str):
    result = run_check(**environment)

    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert f'"{named}"' in result.stderr


def test_https_profile_passes_the_deployment_check():
    key = "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    result = run_check(SECRET_KEY=key, HTTPS="true", ALLOWED_HOSTS="chronicle.example")

    assert result.returncode == 0, result.stderr


def test_four_eyes_is_on_unless_an_installation_says_otherwise():
    assert settings.FOUR_EYES is True


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "console http://127.0.0.1:8000"),
        ({"EMAIL_HOST": "mail.example"}, "smtp http://127.0.0.1:8000"),
        (
            {"HTTPS": "true", "ALLOWED_HOSTS": "chronicle.example"},
            "console https://chronicle.example",
        ),
        ({"SITE_URL": "https://desk.example/"}, "console https://desk.example"),
    ],
)
def test_letters_go_to_the_console_unless_a_server_is_named(environment: dict[str, str], told: str):
    code = "from chronicle import settings as s; print(s.EMAIL_BACKEND.split('.')[-2], s.SITE_URL)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "CHRONICLE_ENV_FILE": os.devnull,
            "SECRET_KEY": KEY,
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.strip() == told
