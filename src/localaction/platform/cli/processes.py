"""The processes of the site: started, watched, and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

LARGEST_LOG_BYTES = 5_000_000
TAIL_LINES = 20
TAIL_BYTES = 20_000
STOP_WITHIN_S = 10.0
LOOK_EVERY_S = 0.2
PR_SET_PDEATHSIG = 1


class Child:
    """One process with a log of its own."""

    def __init__(self, name: str, words: Sequence[str], log: Path) -> None:
        self.name = name
        self.words = list(words)
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.log_start = 0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl+C reaches only the one who watches."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _turn_over(self.log)
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent(os.getpid()),
            )

    @property
    def status(self) -> int | None:
        """The status with which it ended; None while it runs or before it was started."""
        return None if self.process is None else self.process.poll()

    @property
    def ending(self) -> str:
        """How it ended, in words: ``with status 3``, ``by SIGKILL``."""
        status = self.status or 0
        return f"with status {status}" if status >= 0 else f"by {signal.Signals(-status).name}"

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait until it has stopped; after ``seconds`` it is ended with all it started."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, seconds))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def tail(self, lines: int = TAIL_LINES) -> str:
        """Return the last lines it has written to its log since it was started."""
        with self.log.open("rb") as log:
            log.seek(max(self.log_start, self.log.stat().st_size - TAIL_BYTES))
            text = log.read().decode("utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


def ended(children: Iterable[Child]) -> Child | None:
    """Return a process that has ended, or None while all run."""
    return next((child for child in children if child.status is not None), None)


def watch(children: Sequence[Child]) -> Child:
    """Wait until one of the processes ends, and return it."""
    while (gone := ended(children)) is None:
        time.sleep(LOOK_EVERY_S)
    return gone


def stop(children: Sequence[Child], seconds: float = STOP_WITHIN_S) -> None:
    """Stop all processes, the last started first; whoever takes too long is ended."""
    until = time.monotonic() + seconds
    for child in reversed(children):
        child.ask_to_stop()
    for child in children:
        child.wait(until - time.monotonic())


def _turn_over(log: Path) -> None:
    """Keep a log that has become large as the one before, and begin a new one."""
    if log.is_file() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".1.log"))


def _end_with_parent(parent: int) -> Callable[[], None]:
    """Return what a new process does first: have the system stop it if we are killed. Linux only."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def ask() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it happened before we could ask
            os._exit(1)

    return ask
