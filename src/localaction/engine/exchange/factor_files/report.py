"""What was taken of a published table, as lines of an own factor table, and what was not and why."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from localaction.engine.inventory.csvsafe import SafeWriter
from localaction.engine.references.ownfile import OWN_COLUMNS

EXAMPLES = 5  # of what was skipped for one reason


@dataclass
class Skipped:
    """Rows left out for one reason: how many, and the first few."""

    why: str
    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Report:
    """What became of a table.

    Parameters
    ----------
    taken : list of mapping
        Lines of an own factor table, by column.
    skipped : dict
        By reason.
    notes : list of str
        What the reader should know before using the factors.
    """

    file: str
    layout: str
    title: str
    licence: str
    notes: list[str] = field(default_factory=list)
    taken: list[Mapping[str, str]] = field(default_factory=list)
    skipped: dict[str, Skipped] = field(default_factory=dict)

    def take(self, **line: str) -> None:
        """Add one line: a gas of a factor."""
        self.taken.append({name: line.get(name, "") for name in OWN_COLUMNS})

    def skip(self, what: str, why: str) -> None:
        """Note a row that was left out."""
        held = self.skipped.setdefault(why, Skipped(why))
        held.count += 1
        if len(held.examples) < EXAMPLES and what not in held.examples:
            held.examples.append(what)

    def keep(self, wanted: Callable[[Mapping[str, str]], bool]) -> None:
        """Keep only the lines that are wanted."""
        self.taken = [line for line in self.taken if wanted(line)]

    @property
    def factors(self) -> int:
        """How many factors were taken; a factor has a line for each gas."""
        return len({(line["id"], line["year"]) for line in self.taken})

    def csv(self) -> str:
        """Return the own factor table."""
        out = io.StringIO()
        writer = SafeWriter(out)
        writer.writerow(OWN_COLUMNS)
        writer.writerows([line[name] for name in OWN_COLUMNS] for line in self.taken)
        return out.getvalue()

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain data for JSON."""
        return {
            "file": self.file,
            "layout": self.layout,
            "title": self.title,
            "licence": self.licence,
            "factors": self.factors,
            "lines": len(self.taken),
            "by_activity": dict(self._by_activity()),
            "notes": self.notes,
            "skipped": [
                {"why": held.why, "count": held.count, "examples": held.examples}
                for held in self.skipped.values()
            ],
        }

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        yield f"{self.title}; licence: {self.licence}"
        yield f"Taken: {self.factors} factors in {len(self.taken)} lines"
        for activity, count in self._by_activity().most_common():
            yield f"  {count} of {activity}"
        left = sum(held.count for held in self.skipped.values())
        if left:
            yield f"Left out: {left} rows"
        for held in self.skipped.values():
            more = ", ..." if held.count > len(held.examples) else ""
            yield f"  {held.count}: {held.why} ({', '.join(held.examples)}{more})"
        for note in self.notes:
            yield f"Note: {note}"

    def _by_activity(self) -> Counter[str]:
        factors = {(line["activity"], line["id"], line["year"]) for line in self.taken}
        return Counter(sorted(activity for activity, _, _ in factors))
