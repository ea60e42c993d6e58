"""Reading the environment: every setting that a host can change comes from here, with a clear refusal."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from localaction.engine.exchange.signed.keyfile import made_once

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return an environment variable without blanks around it; the default if it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return whether an environment variable says yes (1, true, yes, on) or no (0, false, no, off)."""
    word = os.environ.get(name)
    if word is None:
        return default
    if word.strip().lower() in YES:
        return True
    if word.strip().lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}, which is neither yes nor no. Write 1 or 0.")


def whole_number(name: str, default: int, low: int = 0) -> int:
    """Return an environment variable as a whole number of at least ``low``."""
    word = text(name, str(default))
    if not word.isdecimal() or int(word) < low:
        raise ImproperlyConfigured(
            f"{name} is {word!r}. Write a whole number of {low} or more, such as {default}."
        )
    return int(word)


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of an environment variable."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def folder(path: Path) -> Path:
    """Return ``path``, made for this user alone if it isn't there."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {path} cannot be made ({error.strerror}). Set LOCALACTION_DATA_DIR to a folder "
            "in which the site may write."
        ) from error
    return path


def secret_key(data: Path) -> str:
    """Return LOCALACTION_SECRET_KEY, or the key in the data folder, made once, readable to its owner only."""
    if given := text("LOCALACTION_SECRET_KEY"):
        return given
    path = data / "secret_key"
    key = made_once(path, lambda: secrets.token_urlsafe(64))
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"The key in {path} is too short to be safe. Delete the file to have a new one made; "
            "everybody will have to sign in again."
        )
    return key
