"""``localaction start``: prepare what is missing, then run web server and worker until told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from django.conf import settings
from django.db import connection, connections

from localaction.platform.cli import keys, ports, processes, site, static_files
from localaction.platform.cli.errors import NoAnswer, ProcessEnded
from localaction.platform.cli.migrate import bring_up_to_date
from localaction.platform.cli.processes import Child
from localaction.platform.cli.ready import answers
from localaction.platform.cli.terminal import DONE, FAILED, Steps, complain, run, say
from localaction.platform.cli.world import ensure_places

THREADS = 8
WORKERS_SQLITE, WORKERS_POSTGRESQL = 1, 2
FINISH_WITHIN_S = 8  # what a request or task under way is given when the site stops
READY_WITHIN_S = 60.0
APPLICATION = "localaction.platform.config.wsgi:application"


def main(argv: Sequence[str]) -> int:
    """Run ``localaction start``; return 0 when stopped, 1 if a part ended by itself, 2 if refused."""
    parser = argparse.ArgumentParser(
        prog="localaction start",
        description="Start the web server and the worker; Ctrl+C stops both. Prepares what is missing first.",
    )
    parser.add_argument("--port", help="port on this machine (default: LOCALACTION_PORT, else 8000)")
    parser.set_defaults(run=_start)
    return run(parser, argv)


def _start(arguments: argparse.Namespace) -> int:
    began = time.monotonic()
    port = ports.chosen_port(arguments.port)
    ports.require_free(port)
    _listen_to_signals()
    children: list[Child] = []
    try:
        site.prepare()
        _prepare_data(steps := Steps(6 if settings.LOCALACTION_DEMO else 5))
        children = _children(port)
        return _serve(children, port, steps, began)
    except KeyboardInterrupt:
        say("\nStopping.")
        return DONE
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        processes.stop(children)


def _listen_to_signals() -> None:
    """Stop as by Ctrl+C on SIGTERM too, and when the terminal closes unless ``nohup`` forbids it."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _prepare_data(steps: Steps) -> None:
    from localaction.platform.accounts.queries import people_count  # models need the settings
    from localaction.platform.cli import demo_load

    steps.begin(f"Data folder: {site.shown(site.data_folder())}")
    steps.begin(f"Database: {site.database_name()}")
    steps.detail(bring_up_to_date())
    if added := ensure_places():
        steps.detail(added)
    if settings.LOCALACTION_DEMO:
        steps.begin("Demo network")
        demo_load.load(steps.detail)
    else:
        if closed := demo_load.close_sign_ins():
            steps.detail(f"Closed {closed} demo sign-ins: LOCALACTION_DEMO is not 1.")
        if not people_count(outside=demo_load.DOMAIN):
            steps.detail("Nobody has an account yet: `localaction user create --help` says how to make one.")
    if signed := keys.ensure_signed():
        steps.detail(signed)
    steps.begin(f"Static files: {static_files.collect()}")
    connections.close_all()


def _children(port: int) -> list[Child]:
    logs = site.data_folder() / "logs"
    workers = WORKERS_POSTGRESQL if connection.vendor == "postgresql" else WORKERS_SQLITE
    web = [
        *(sys.executable, "-m", "gunicorn", APPLICATION, "--bind", f"{ports.HOST}:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(THREADS)),
        *("--graceful-timeout", str(FINISH_WITHIN_S), "--no-control-socket", "--name", "localaction"),
    ]
    worker = [sys.executable, "-m", "django", "db_worker", "--no-startup-delay", "--no-reload"]
    return [Child("web server", web, logs / "web.log"), Child("worker", worker, logs / "worker.log")]


def _serve(children: list[Child], port: int, steps: Steps, began: float) -> int:
    from localaction.platform.cli import demo_load

    web, worker = children
    steps.begin(f"Web server: log in {site.shown(web.log)}")
    web.start()
    steps.begin(f"Worker: log in {site.shown(worker.log)}")
    worker.start()
    if answers(ports.HOST, port, READY_WITHIN_S, lambda: processes.ended(children) is None):
        took = f"{time.monotonic() - began:.1f} s"
        say(f"\nLocal Action is ready at http://localhost:{port} (after {took}). Ctrl+C stops it.")
        for line in demo_load.sign_ins() if settings.LOCALACTION_DEMO else ():
            say(line)
        gone = processes.watch(children)
    elif (found := processes.ended(children)) is None:
        return _failed(NoAnswer(seconds=f"{READY_WITHIN_S:.0f}", log=site.shown(web.log)), web, children)
    else:
        gone = found
    error = ProcessEnded(part=gone.name, how=gone.ending, log=site.shown(gone.log))
    return _failed(error, gone, children)


def _failed(error: ProcessEnded | NoAnswer, child: Child, children: list[Child]) -> int:
    processes.stop(children)
    complain(f"localaction: {error}\n\n{child.tail()}")
    return FAILED
