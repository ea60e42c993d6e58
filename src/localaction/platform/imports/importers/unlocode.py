"""The list of UN/LOCODE: its codes become identifiers of the places they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from localaction.engine.errors import Finding, InputError
from localaction.engine.exchange.unlocode import LocodeRow, read_unlocode
from localaction.platform.imports.kinds import Checked, Count, Scope, Work
from localaction.platform.places.locodes import Plan, add_locodes, plan, take_back

SAID = 100  # rows of each kind that are named one by one
TELL_EVERY = 5000


class LocodeLeftOut(InputError):
    """A row of the list cannot be used."""

    code = "imports.unlocode.left_out"
    text = "{locode} is left out: {problem}."
    remedy_text = "Nothing needs doing; the other rows are read."


class LocodeAmbiguous(InputError):
    """A row of the list may mean several places."""

    code = "imports.unlocode.ambiguous"
    text = "{locode} ({name}) may mean several places here, and its position does not decide between them."
    remedy_text = "It is left out; give the code to the place by hand if it is needed."


class LocodesUnmatched(InputError):
    """Rows of the list mean no place here."""

    code = "imports.unlocode.unmatched"
    text = (
        "{unmatched} rows bear the name of no place here, or of one elsewhere in the country; {unnamed} have "
        "no name and no code by which a city is known."
    )
    remedy_text = "Most are villages, ports and terminals; only cities above 15,000 inhabitants are here."


@dataclass(frozen=True, slots=True)
class Prepared:
    """The identifiers to be added."""

    new: list[tuple[int, str]]


class UnlocodeImporter:
    """Codes of UN/LOCODE: aliases under which our places are found; not unique, and never our own codes."""

    id = "unlocode"
    title = "UN/LOCODE (codes of places)"
    applies_to: Scope = "network"
    right = "place.edit"
    layouts: tuple[str, ...] = ("unlocode",)

    def check(self, work: Work) -> Checked:
        """Read the whole list and say which rows mean a place of ours."""
        made, rows = _plan(work)
        return Checked(
            rows=rows,
            counts={"identifiers": Count(created=len(made.new), unchanged=made.known)},
            findings=list(_findings(made)),
            findings_more=max(0, len(made.irregular) - SAID) + max(0, len(made.ambiguous) - SAID),
        )

    def prepare(self, work: Work) -> Prepared:
        """Match the rows again: places may have come since."""
        return Prepared(_plan(work)[0].new)

    def write(self, work: Work, prepared: Prepared) -> dict[str, Any]:
        """Add the identifiers as one batch."""
        batch = add_locodes(
            actor=work.actor, new=prepared.new, source=work.record.name, digest=work.record.sha256
        )
        return {"batch": str(batch.public_id)} if batch else {}

    def after(self, work: Work) -> None:
        """Nothing follows from identifiers."""

    def undo(self, work: Work) -> None:
        """Take the identifiers back."""
        if batch := work.record.made.get("batch"):
            take_back(actor=work.actor, batch_id=batch)


def _plan(work: Work) -> tuple[Plan, int]:
    count = [0]

    def told(rows: Iterable[LocodeRow]) -> Iterator[LocodeRow]:
        for row in rows:
            count[0] += 1
            if not count[0] % TELL_EVERY:
                work.tell(count[0])
            yield row

    with work.open() as stream:
        made = plan(told(read_unlocode(stream)))
    work.tell(count[0])
    return made, count[0]


def _findings(made: Plan) -> Iterator[Finding]:
    for row in islice(made.irregular, SAID):
        error = LocodeLeftOut(locode=row.code, problem=row.problem)
        yield Finding.of(error, row=row.number, severity="warning")
    for row in islice(made.ambiguous, SAID):
        ambiguous = LocodeAmbiguous(locode=row.code, name=" / ".join(row.names) or "-")
        yield Finding.of(ambiguous, row=row.number, severity="warning")
    if made.unmatched or made.unnamed:
        rest = LocodesUnmatched(unmatched=f"{made.unmatched:,}", unnamed=f"{made.unnamed:,}")
        yield Finding.of(rest, severity="info")
