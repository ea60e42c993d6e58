"""A real server on a data folder of its own, and the system's Chromium before it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
READY_WITHIN_S = 120
OTHERS_WITHIN_S = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """The running site: start, stop and start again on the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if (assets := ROOT / "var" / "assets").is_dir():  # the typefaces that an install fetched
            shutil.copytree(assets, folder / "assets", dirs_exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {
            "LOCALACTION_DATA_DIR": str(self.folder),
            "LOCALACTION_DEMO": "1",
            "LOCALACTION_PORT": str(self.port),
            "DATABASE_URL": "",
        }
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "localaction", "start"],
                stdout=log,
                stderr=log,
                env=environment,
                cwd=ROOT,
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url, timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        pytest.fail(f"the site did not answer:\n{(self.folder / 'server.log').read_text()[-4000:]}")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None


class SharedSite(Site):
    """A site that the processes of one test run share: one of them starts it, the last to leave stops it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = folder / "site.json"
        self.process = None

    def enter(self) -> None:
        """Use the site; the first to come starts it, the others wait until it answers."""
        with self._alone():
            held = json.loads(self.note.read_text()) if self.note.exists() else {"users": 0}
            if not held["users"]:
                super().__init__(self.folder)
                self.start()
                assert self.process is not None
                held |= {"url": self.url, "pid": self.process.pid}
            self.url = held["url"]
            self.note.write_text(json.dumps(held | {"users": held["users"] + 1}))

    def leave(self) -> None:
        """Use it no longer. Who started it waits for the others to be done."""
        with self._alone():
            held = json.loads(self.note.read_text())
            self.note.write_text(json.dumps(held | {"users": held["users"] - 1}))
        end = time.monotonic() + OTHERS_WITHIN_S
        while self.process is not None and self._users() and time.monotonic() < end:
            time.sleep(0.1)
        self.stop()

    def _users(self) -> int:
        with self._alone():
            return int(json.loads(self.note.read_text())["users"])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shared-site"
    folder.mkdir(exist_ok=True)
    running = SharedSite(folder)
    running.enter()
    yield running
    running.leave()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = (
        os.environ.get("LOCALACTION_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-sync",
            ],
        )
        yield running
        running.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(browser: Browser, site: Site, size: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        base_url=site.url,
        viewport=SIZES[size],
        has_touch=size == "narrow",
        reduced_motion="reduce",
        locale="en-GB",
    )  # type: ignore[arg-type]
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which a script error, a blocked resource or a failed request of ours is a failure."""
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    opened.on(
        "console", lambda line: complaints.append(f"console: {line.text}") if line.type == "error" else None
    )
    opened.set_default_timeout(10_000)
    yield opened
    expected = [line for line in complaints if "status of 4" not in line]
    assert expected == []
