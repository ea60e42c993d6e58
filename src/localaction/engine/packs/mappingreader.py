"""Read the mapping from an older edition: each indicator of both accounted for, no claim that cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from localaction.engine.packs.checks import Checks, known
from localaction.engine.packs.frameworks import Framework, Indicator, source_at
from localaction.engine.packs.mappings import EditionChange, EditionMapping
from localaction.engine.yamlpack import Document, Place, read

FOLDER = "from"
SHAPES: Mapping[str, tuple[str, str]] = {  # how many of the older and of the newer edition: one, many or none
    "same": ("one", "one"),
    "renamed": ("one", "one"),
    "changed": ("one", "one"),
    "merged": ("many", "one"),
    "split": ("one", "many"),
    "dropped": ("some", "none"),
    "new": ("none", "some"),
}
HOLDS: Mapping[str, Callable[[int], bool]] = {
    "one": lambda count: count == 1,
    "many": lambda count: count > 1,
    "some": lambda count: count > 0,
    "none": lambda count: count == 0,
}
WORDS = {"one": "one indicator", "many": "two or more", "some": "one or more", "none": "none"}
ALIKE, EXPLAINED = {"same", "renamed"}, {"changed", "merged", "split"}


def read_mappings(
    folder: Path, framework: Framework, checks: Checks, edition: Callable[[str], Framework | None]
) -> dict[str, EditionMapping]:
    """Return the mappings in the folder of an edition, by older edition.

    ``edition`` returns an edition of the same framework by its name, or None.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    found: dict[str, EditionMapping] = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        document = read(path, "framework-mapping")
        older = _older(document, framework, edition)
        checks.sources_of(document)
        found[older.edition] = _Reader(document, older, framework).mapping()
    return found


def _older(document: Document, framework: Framework, edition: Callable[[str], Framework | None]) -> Framework:
    name = document.data["from"]
    if name != document.path.stem:
        problem = f'the edition "{name}" is not the name of the file.'
        raise document.error(("from",), problem, f'Write "{document.path.stem}", or rename the file.')
    if name == framework.edition:
        raise document.error(("from",), "an edition is mapped from itself.", "Name the older edition.")
    older = edition(name)
    if older is None:
        fix = f"Put it into the folder {framework.id}/{name}, or correct the name."
        raise document.error(("from",), f'there is no edition "{name}" of {framework.id}.', fix)
    return older


class _Reader:
    """One mapping as it is checked against the two editions."""

    def __init__(self, document: Document, older: Framework, newer: Framework) -> None:
        self.document, self.older, self.newer = document, older, newer
        self.sides = {"old": older, "new": newer}

    def mapping(self) -> EditionMapping:
        data = self.document.data
        changes = [self._change(("changes", n), entry) for n, entry in enumerate(data["changes"])]
        self._complete()
        return EditionMapping(
            older=self.older,
            changes=changes,
            confidence=data["confidence"],
            source=source_at(data["source"]),
            last_checked=data["last_checked"],
            summary=data.get("summary", ""),
        )

    def _change(self, place: Place, entry: Mapping[str, Any]) -> EditionChange:
        self._shape(place, entry)
        for side, framework in self.sides.items():
            for index, name in enumerate(entry.get(side, ())):
                what = f"indicator of {framework.key}"
                known(self.document, (*place, side, index), name, what, framework.indicators)
        compares = entry.get("compares", "")
        if entry["is"] in ALIKE:
            self._alike(place, entry)
        return EditionChange(
            fate=entry["is"],
            old=tuple(entry.get("old", ())),
            new=tuple(entry.get("new", ())),
            value=bool(compares),
            score=compares == "value_and_score",
            confidence=entry["confidence"],
            source=source_at(entry.get("source", self.document.data["source"])),
            note=entry.get("note", ""),
        )

    def _shape(self, place: Place, entry: Mapping[str, Any]) -> None:
        """Old and new have as many ids as the word needs; compares and note stand where they must."""
        fate = entry["is"]
        for side, amount in zip(self.sides, SHAPES[fate], strict=True):
            count = len(entry.get(side, ()))
            if not HOLDS[amount](count):
                problem = f'"{fate}" needs {WORDS[amount]} under {side}, and there {_are(count)}.'
                raise self.document.error((*place, side), problem, "Correct the ids, or choose another word.")
        if (fate in ALIKE) != ("compares" in entry):
            problem = (
                f'"{fate}" {"does not say what" if fate in ALIKE else "cannot say that something"} compares.'
            )
            fix = (
                "Write compares: value, or value_and_score."
                if fate in ALIKE
                else "Remove compares; only what is same or renamed compares."
            )
            raise self.document.error((*place, "compares"), problem, fix)
        if fate in EXPLAINED and "note" not in entry:
            problem = f'"{fate}" does not say why values cannot be compared.'
            raise self.document.error(place, problem, "Add a note.")

    def _alike(self, place: Place, entry: Mapping[str, Any]) -> None:
        """What is said to be asked alike has the same name or not, one unit, and one rule of scoring."""
        before, after = self.older.indicators[entry["old"][0]], self.newer.indicators[entry["new"][0]]
        unchanged = (before.id, before.label) == (after.id, after.label)
        if unchanged != (entry["is"] == "same"):
            problem = f"{after.id} has {'the same' if unchanged else 'another'} number and label."
            fix = f'Write "{"same" if unchanged else "renamed"}".'
            raise self.document.error((*place, "is"), problem, fix)
        if (before.kind.sort, before.kind.powers) != (after.kind.sort, after.kind.powers):
            problem = f"{before.id} and {after.id} are no values of one kind, so they cannot be compared."
            raise self.document.error((*place, "compares"), problem, 'Write "changed", with a note why.')
        if entry["compares"] == "value_and_score":
            for problem in _scores(before, after):
                raise self.document.error((*place, "compares"), problem, "Write compares: value.")

    def _complete(self) -> None:
        """Every indicator of both editions stands in one change."""
        for side, framework in self.sides.items():
            seen: set[str] = set()
            for place, name in self._named(side):
                if name in seen:
                    problem = f"{name} of {framework.key} is accounted for twice."
                    raise self.document.error(place, problem, "Leave it in one change.")
                seen.add(name)
            for name, indicator in framework.indicators.items():
                if name not in seen:
                    problem = f"{name} of {framework.key} ({indicator.label}) is not accounted for."
                    word = "dropped" if side == "old" else "new"
                    fix = f"Add a change with {name} under {side}: {word}, or another."
                    raise self.document.error(("changes",), problem, fix)

    def _named(self, side: str) -> Iterator[tuple[Place, str]]:
        for number, entry in enumerate(self.document.data["changes"]):
            for index, name in enumerate(entry.get(side, ())):
                yield ("changes", number, side, index), name


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {count or 'none'}"


def _scores(before: Indicator, after: Indicator) -> Iterator[str]:
    """Yield why scores of two indicators cannot be compared."""
    for indicator in (before, after):
        if indicator.scoring is None or indicator.scoring.confidence == "unverified":
            name = f"{indicator.id} {indicator.label}"
            yield f"{name} gives no score in one of the editions, so scores cannot be compared."
    if before.scoring and after.scoring and before.scoring.rule != after.scoring.rule:
        yield f"{before.id} and {after.id} are scored by different rules, so scores cannot be compared."
