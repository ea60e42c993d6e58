"""Wait until the web server answers."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable

LOOK_EVERY_S = 0.1
ONE_ANSWER_S = 30.0


def answers(host: str, port: int, seconds: float, still: Callable[[], bool]) -> bool:
    """Return whether the server answers, whatever it says, within ``seconds`` and as long as ``still``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and still():
        if _answers_now(host, port):
            return True
        time.sleep(LOOK_EVERY_S)
    return False


def _answers_now(host: str, port: int) -> bool:
    talk = http.client.HTTPConnection(host, port, timeout=ONE_ANSWER_S)
    try:
        talk.request("GET", "/")
        talk.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        talk.close()
    return True
