"""The port: chosen by argument, environment or default, and refused clearly when it cannot be used."""

from __future__ import annotations

import socket

import pytest

from localaction.platform.cli import ports
from localaction.platform.cli.errors import BadPort, PortInUse, PortRefused


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind((ports.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_argument_goes_before_environment_and_that_before_the_default(monkeypatch):
    monkeypatch.delenv("LOCALACTION_PORT", raising=False)
    assert ports.chosen_port(None) == 8000
    monkeypatch.setenv("LOCALACTION_PORT", " 8123 ")
    assert ports.chosen_port(None) == 8123
    assert ports.chosen_port("9000") == 9000


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "80.5", "٨٠٠٠"])
def test_what_is_no_port_is_refused(monkeypatch, text):
    monkeypatch.setenv("LOCALACTION_PORT", text)
    with pytest.raises(BadPort, match="LOCALACTION_PORT is"):
        ports.chosen_port(None)
    with pytest.raises(BadPort, match="--port is"):
        ports.chosen_port(text)


def test_a_used_port_is_named_with_two_ways_out(taken):
    with pytest.raises(PortInUse) as refused:
        ports.require_free(taken)
    assert f"Port {taken} of 127.0.0.1 is in use" in refused.value.message
    assert f"--port {taken + 1}" in refused.value.remedy


def test_a_port_is_free_again_as_soon_as_nobody_listens():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as web servers do
        server.bind((ports.HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection((ports.HOST, port)):
            server.accept()[0].close()  # leaves the connection waiting, as a server that was stopped does
            with pytest.raises(PortInUse):
                ports.require_free(port)
    ports.require_free(port)


def test_an_address_that_is_not_ours_is_refused():
    with pytest.raises(PortRefused, match="does not let the site listen"):
        ports.require_free(
            8000, host="192.0.2.1"
        )  # reserved for documentation: never an address of this machine


def test_start_refuses_a_used_port_before_it_does_anything(elsewhere, taken, tmp_path):
    ended = elsewhere("start", "--port", str(taken), LOCALACTION_DEMO="1")
    assert ended.returncode == 2
    assert f"Port {taken} of 127.0.0.1 is in use by another program" in ended.stderr
    assert "LOCALACTION_PORT=" in ended.stderr
    assert ended.stdout == ""
    assert not (tmp_path / "data").exists()
