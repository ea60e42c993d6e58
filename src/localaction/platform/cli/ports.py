"""Which port the site answers on, and whether it is free."""

from __future__ import annotations

import errno
import os
import socket

from localaction.platform.cli.errors import BadPort, PortInUse, PortRefused

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
VARIABLE = "LOCALACTION_PORT"


def chosen_port(argument: str | None) -> int:
    """Return the port from the command line, else from LOCALACTION_PORT, else 8000."""
    if argument is not None:
        return _port("--port", argument)
    return _port(VARIABLE, os.environ.get(VARIABLE, "").strip() or str(DEFAULT_PORT))


def require_free(port: int, host: str = HOST) -> None:
    """Raise ``PortInUse`` or ``PortRefused`` unless the site could listen there now."""
    with socket.socket() as probe:
        # As the web server does: connections of a server that has just stopped don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = port + 1 if port < HIGHEST_PORT else DEFAULT_PORT
                raise PortInUse(port=port, host=host, other=other) from error
            why = os.strerror(error.errno) if error.errno else str(error)
            raise PortRefused(port=port, host=host, why=why) from error


def _port(where: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= HIGHEST_PORT:
        raise BadPort(where=where, port=text)
    return int(text)
