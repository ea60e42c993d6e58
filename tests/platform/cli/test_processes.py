"""Processes that are watched: started, found ended, stopped together, none left over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from localaction.platform.cli import processes
from localaction.platform.cli.processes import Child

FOREVER = "import time; print('at work', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {FOREVER}"


@pytest.fixture
def child(tmp_path):
    made: list[Child] = []

    def make(code: str, name: str = "part") -> Child:
        made.append(Child(name, [sys.executable, "-c", code], tmp_path / "logs" / f"{name}.log"))
        made[-1].start()
        return made[-1]

    yield make
    processes.stop(made, seconds=0)


def wait_for(condition, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_the_one_that_ends_is_found_with_its_status_and_last_words(child):
    steady = child(FOREVER, "steady")
    failing = child("print('first'); print('no such table'); raise SystemExit(3)", "failing")
    assert processes.watch([steady, failing]) is failing
    assert failing.ending == "with status 3"
    assert failing.tail(1) == "no such table"
    assert steady.status is None


def test_one_that_is_killed_is_said_to_be(child):
    killed = child(FOREVER)
    os.kill(killed.process.pid, signal.SIGKILL)
    assert processes.watch([killed]).ending == "by SIGKILL"


def test_the_last_words_are_those_of_this_run(child, tmp_path):
    log = tmp_path / "logs" / "part.log"
    log.parent.mkdir()
    log.write_text("words of an earlier run\n")
    processes.watch([ended := child("print('now')")])
    assert ended.tail() == "now"
    assert log.read_text() == "words of an earlier run\nnow\n"


def test_a_large_log_is_turned_over(child, tmp_path):
    log = tmp_path / "logs" / "part.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * (processes.LARGEST_LOG_BYTES + 1))
    processes.watch([child("print('now')")])
    assert log.read_text() == "now\n"
    assert log.with_suffix(".1.log").stat().st_size == processes.LARGEST_LOG_BYTES + 1


def test_stop_ends_all_of_them(child):
    both = [child(FOREVER, "one"), child(FOREVER, "two")]
    processes.stop(both)
    assert [one.status for one in both] == [-signal.SIGTERM, -signal.SIGTERM]


def test_who_does_not_listen_is_ended_all_the_same(child):
    stubborn = child(STUBBORN)
    wait_for(lambda: "at work" in stubborn.tail())
    began = time.monotonic()
    processes.stop([stubborn], seconds=0.5)
    assert stubborn.status == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_no_process_outlives_the_one_that_watches(tmp_path):
    """Also if that is killed and can tell nobody."""
    code = (
        "import sys, time; from pathlib import Path; from localaction.platform.cli.processes import Child\n"
        f"child = Child('part', [sys.executable, '-c', {FOREVER!r}], Path({str(tmp_path / 'part.log')!r}))\n"
        "child.start(); print(child.process.pid, flush=True); time.sleep(60)"
    )
    watcher = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(watcher.stdout.readline())
    assert is_there(pid)
    watcher.kill()
    watcher.wait()
    watcher.stdout.close()
    wait_for(lambda: not is_there(pid))
