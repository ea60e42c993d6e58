"""What a host sets in the environment, and what it is told when that does not fit."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from localaction.platform.config import env
from localaction.platform.config.database import databases
from localaction.platform.config.mail import mail_settings

Patch = pytest.MonkeyPatch


@pytest.mark.parametrize(
    ("word", "meant"),
    [("1", True), ("yes", True), (" TRUE ", True), ("0", False), ("", False), ("off", False)],
)
def test_a_flag_says_yes_or_no(monkeypatch: Patch, word: str, meant: bool) -> None:
    monkeypatch.setenv("LOCALACTION_DEMO", word)
    assert env.flag("LOCALACTION_DEMO", default=not meant) is meant


def test_what_does_not_fit_is_named_with_a_remedy(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCALACTION_DEMO", "perhaps")
    with pytest.raises(
        ImproperlyConfigured, match="LOCALACTION_DEMO is 'perhaps', which is neither yes nor no"
    ):
        env.flag("LOCALACTION_DEMO")
    for word in ("many", "-1", "0", "1.5"):
        monkeypatch.setenv("LOCALACTION_MAX_UPLOAD_MB", word)
        with pytest.raises(ImproperlyConfigured, match="Write a whole number of 1 or more, such as 20"):
            env.whole_number("LOCALACTION_MAX_UPLOAD_MB", 20, low=1)
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="Set LOCALACTION_DATA_DIR to a folder"):
        env.folder(tmp_path / "file" / "var")


def test_the_secret_key_is_made_once_and_readable_to_its_owner_only(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LOCALACTION_SECRET_KEY", raising=False)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(env.secret_key, [tmp_path] * 8))
    assert len(keys) == 1
    assert len(keys.pop()) > 80
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_given_secret_key_comes_first_and_a_short_one_in_the_file_is_refused(
    monkeypatch: Patch, tmp_path: Path
) -> None:
    (tmp_path / "secret_key").write_text("short")
    monkeypatch.setenv("LOCALACTION_SECRET_KEY", "given")
    assert env.secret_key(tmp_path) == "given"
    monkeypatch.delenv("LOCALACTION_SECRET_KEY")
    with pytest.raises(ImproperlyConfigured, match="Delete the file to have a new one made"):
        env.secret_key(tmp_path)


def test_the_embedded_database_is_safe_and_lets_writers_wait(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    config = databases(tmp_path)["default"]
    assert config["NAME"] == str(tmp_path / "localaction.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_by_its_address(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:s%40cret@db.example:5433/localaction")
    config = databases(tmp_path)["default"]
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["PASSWORD"]) == ("db.example", 5433, "s@cret")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense", "oracle://x"])
def test_another_database_is_refused_without_showing_the_address(
    monkeypatch: Patch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(
        ImproperlyConfigured, match="DATABASE_URL names no database this program works with"
    ) as caught:
        databases(tmp_path)
    assert url not in str(caught.value)


def test_mail_goes_to_the_log_or_to_a_server(monkeypatch: Patch) -> None:
    monkeypatch.delenv("LOCALACTION_EMAIL_URL", raising=False)
    assert str(mail_settings()["EMAIL_BACKEND"]).endswith("console.EmailBackend")
    monkeypatch.setenv("LOCALACTION_EMAIL_URL", "smtp+tls://ada:s%40cret@mail.example")
    settings = mail_settings()
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == (
        "mail.example",
        587,
        True,
    )
    assert settings["EMAIL_HOST_PASSWORD"] == "s@cret"
    monkeypatch.setenv("LOCALACTION_EMAIL_URL", "mail.example")
    with pytest.raises(ImproperlyConfigured, match="Write smtp\\+tls://"):
        mail_settings()


def django(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Django command in a process of its own, warnings being errors."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LOCALACTION_", "DATABASE_"))
    }
    clean |= {
        "DJANGO_SETTINGS_MODULE": "localaction.platform.config.settings",
        "LOCALACTION_DATA_DIR": str(folder),
    }
    command = [sys.executable, "-W", "error", "-m", "django", *words]
    return subprocess.run(
        command, env=clean | environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_site_checks_clean_also_for_production_in_an_empty_folder(tmp_path: Path) -> None:
    done = django("check", "--deploy", "--fail-level", "WARNING", folder=tmp_path / "var")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_no_migration_is_missing(tmp_path: Path) -> None:
    done = django("makemigrations", "--check", "--dry-run", folder=tmp_path)
    assert done.returncode == 0, done.stdout


def test_demo_and_debug_may_be_used_without_a_certificate(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )
    seen = [
        django("shell", "-v", "0", "-c", code, folder=tmp_path, **variables).stdout.split()
        for variables in (
            {},
            {"LOCALACTION_DEMO": "1"},
            {"LOCALACTION_DEBUG": "1"},
            {"LOCALACTION_HTTPS": "0"},
        )
    ]
    safe, plain = ["True", "True", "True", "False"], ["False", "False", "False", "False"]
    assert seen == [safe, plain, ["False", "False", "False", "True"], plain]


def test_static_files_are_named_plainly_until_they_are_collected(tmp_path: Path) -> None:
    code = (
        "from django.templatetags.static import static; print(static('web/base.css'), static('web/none.css'))"
    )

    def names() -> list[str]:
        return django("shell", "-v", "0", "-c", code, folder=tmp_path).stdout.split()

    assert names() == ["/static/web/base.css", "/static/web/none.css"]
    done = django("collectstatic", "--no-input", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    collected, missing = names()
    assert re.fullmatch(r"/static/web/base\.[0-9a-f]{12}\.css", collected)
    assert missing == "/static/web/none.css"
    assert (tmp_path / f"{collected[1:]}.gz").is_file()


def test_the_site_answers_only_to_its_names(tmp_path: Path) -> None:
    code = "from django.conf import settings as s; print(*s.ALLOWED_HOSTS, *s.CSRF_TRUSTED_ORIGINS)"
    done = django("shell", "-v", "0", "-c", code, folder=tmp_path, LOCALACTION_HOSTS="a.example, .b.example")
    assert done.stdout.split() == ["a.example", ".b.example", "https://a.example", "https://*.b.example"]
