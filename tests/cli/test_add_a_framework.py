"""The how-to of a framework, followed as it is printed: each block is written or run in an empty folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from localaction.engine.cli.pack import main

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "add-a-framework.md"
BLOCK = re.compile(r"(?:^`(?P<file>\S+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)


def steps() -> Iterator[tuple[str, str]]:
    """Yield what the guide has one do, in order: a file to write, or a command to run."""
    for block in BLOCK.finditer(GUIDE.read_text(encoding="utf-8")):
        if block["file"]:
            yield block["file"], block["text"]
        elif block["kind"] == "sh":
            for line in block["text"].splitlines():
                yield "", line


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> dict[str, str]:
    """Follow the guide in an empty folder, and return what each command printed; the last run counts."""
    monkeypatch.chdir(tmp_path)
    said: dict[str, str] = {}
    for file, text in steps():
        if file:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        program, command, *words = shlex.split(text)
        assert (program, command) == ("localaction", "pack"), text
        assert main(words) == 0, f"{text}: {capsys.readouterr().err}"
        said[text] = capsys.readouterr().out
    return said


def test_the_guide_leads_from_an_empty_folder_to_a_report_a_translation_and_a_new_edition(
    done,
) -> None:
    by_verb = {shlex.split(command)[2]: printed for command, printed in done.items()}
    score = by_verb["score"]
    assert "Proportion of natural areas: 9 %, score 2 of 4" in score
    assert "Benches for 1,000 inhabitants: no data" in score
    assert "Public consultation: planned, score 2 of 4" in score
    assert "Total: 4 of 9 (2 of 3 known" in score
    assert 'To reach level "Silver"' in score
    assert "consultation" in done["localaction pack items consultation"]
    assert "0 translated, 0 stale" in by_verb["translate"]
    assert "since 2026: 3 same; 3 unverified" in by_verb["check"]
    assert "same     1 Proportion of natural areas -> 1 Proportion of natural areas" in by_verb["diff"]
    assert "# Index of natural and public space" in by_verb["docs"]
