"""Keep the last figures in ``results.md``, each benchmark in its own part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parent / "results.md"


def record(part: str, lines: Sequence[str]) -> None:
    """Put the figures of one benchmark into its part of the page."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Last figures\n"
    fresh = "\n".join([begin, *lines, end])
    if begin in text:
        before, _, rest = text.partition(begin)
        text = before + fresh + rest.partition(end)[2]
    else:
        text = f"{text.rstrip()}\n\n{fresh}\n"
    PAGE.write_text(text, encoding="utf-8")
