"""Write ``docs/reference/frameworks/`` and ``docs/reference/plausible.md`` from what the packs declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from localaction.engine.cli.packtext import framework_page
from localaction.engine.cli.plausibletext import plausible_page
from localaction.engine.packs import Library
from localaction.engine.packs.editions import frameworks
from localaction.engine.packs.frameworks import Framework

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "frameworks"
PLAUSIBLE = FOLDER.parent / "plausible.md"
INDEX = "README.md"
HEAD = ("framework", "id", "publisher", "indicators", "scored", "no score", "last compared")


def pages(found: Mapping[str, Framework]) -> dict[str, str]:
    """Return the text of every page, by the name of its file."""
    return {INDEX: index(found.values()), **{page_name(one): framework_page(one) for one in found.values()}}


def page_name(framework: Framework) -> str:
    """Return the file of an edition: ``iso-37120-2014.md``."""
    return f"{framework.key.replace('/', '-').replace('_', '-')}.md"


def index(found: Iterable[Framework]) -> str:
    """Return the list of all editions."""
    intro = (
        "What each framework asks, made from its pack by `scripts/framework_pages.py`; the same stands on the"
        " site under `/frameworks/`. Where the rule of a score was not seen, the value is shown and no score"
        " is given. [How to add one](../../howto/add-a-framework.md)."
    )
    rows = [HEAD, ("---",) * len(HEAD), *map(_row, found)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"# Frameworks\n\n{intro}\n\n{table}\n"


def _row(framework: Framework) -> tuple[str, ...]:
    rules = [one.scoring for one in framework.indicators.values() if one.scoring]
    seen = sum(rule.confidence != "unverified" for rule in rules)
    scored, unscored = (seen, len(framework.indicators) - seen) if rules else ("none", "")
    return (
        f"[{framework.title}]({page_name(framework)})",
        f"`{framework.key}`",
        framework.publisher,
        str(len(framework.indicators)),
        str(scored),
        str(unscored),
        framework.last_checked,
    )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages(frameworks())
    for old in set(FOLDER.glob("*.md")) - {FOLDER / name for name in written}:
        old.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    PLAUSIBLE.write_text(plausible_page(Library.load().plausible), encoding="utf-8")
