"""What the command says before it touches a database."""

from __future__ import annotations

import pytest

from localaction.__main__ import main


@pytest.mark.parametrize("words", [[], ["r", "--publish"], ["--publish", "--number", "3"]])
def test_building_needs_a_folder_or_publishing(words, capsys):
    assert main(["release", "build", *words]) == 2
    assert "name the folder DIR, or write --publish without folder and number" in capsys.readouterr().err


def test_checking_a_folder_without_a_release_is_refused(tmp_path, capsys):
    assert main(["release", "verify", str(tmp_path)]) == 2
    assert f"{tmp_path} holds no release: there is no SHA256SUMS in it." in capsys.readouterr().err


def test_help_names_both_commands(capsys):
    assert main(["release", "--help"]) == 0
    assert "build" in (said := capsys.readouterr().out)
    assert "verify" in said
