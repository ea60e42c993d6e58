"""The GPC workbook of C40: every inventory a city published, with the city where it is not there yet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from localaction.engine.errors import Finding, Refused
from localaction.engine.exchange.c40 import C40Book, read_c40
from localaction.engine.exchange.sheets import read_workbook
from localaction.platform.imports.errors import RowsChanged
from localaction.platform.imports.importers import c40plan, c40writing
from localaction.platform.imports.importers.c40plan import Plan
from localaction.platform.imports.kinds import Checked, Count, Differs, Edited, Irregular, Scope, Work
from localaction.platform.imports.models import Import
from localaction.platform.publication.bulk import Frozen


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be written, computed."""

    plan: Plan
    documents: list[Frozen]


class C40Importer:
    """Published inventories of many cities: places, rows, figures, and on request their publication."""

    id = "c40"
    title = "GPC inventories published by C40 (workbook)"
    applies_to: Scope = "network"
    right = "place.create"
    layouts: tuple[str, ...] = ("c40_gpc",)

    def check(self, work: Work) -> Checked:
        """Read every inventory, compute it, and say what would be made, and which totals differ."""
        book = _book(work)
        plan = _plan(book, work)
        _compute(plan, work)
        return Checked(
            rows=sum(len(each.lines) for each in book.inventories),
            counts=counts(plan),
            findings=[
                *plan.findings,
                *book.findings,
                *c40plan.open_cells(plan, publish=_publishes(work)),
            ],
            irregular=irregular(book),
            compared=sum(len(each.published) for each in book.inventories),
            exceptions=exceptions(book),
            edited=edited(plan),
            seen={"inventories": plan.fingerprint()},
        )

    def prepare(self, work: Work) -> Prepared:
        """Compute every inventory before the database is held; what was shown must still be what is done."""
        plan = _plan(_book(work), work)
        if work.record.summary["seen"]["inventories"] != plan.fingerprint():
            raise RowsChanged(what="places or inventories that it touches were changed")
        _compute(plan, work)
        return Prepared(plan, c40writing.documents(work, plan) if _publishes(work) else [])

    def write(self, work: Work, prepared: Prepared) -> dict[str, Any]:
        """Write places, inventories, rows, runs, figures and facts, and publish if that was asked for."""
        made = c40writing.write(work, prepared.plan, prepared.documents)
        if made and work.options.get("replace_edited"):  # chosen after the check had counted
            made["counts"] = {kind: asdict(count) for kind, count in counts(prepared.plan).items()}
        return made

    def after(self, work: Work) -> None:
        """Nothing is left to do: everything was computed before it was written."""

    def undo(self, work: Work) -> None:
        """Take back publications, inventories, figures, facts, places; refuse if somebody built on them."""
        c40writing.undo(work)


def _publishes(work: Work) -> bool:
    return bool(work.options.get("publish"))


def _book(work: Work) -> C40Book:
    with work.open() as stream:
        return read_c40(read_workbook(stream, work.record.name))


def _plan(book: C40Book, work: Work) -> Plan:
    """Return what would be done; what imports of this kind wrote is not by hand."""
    imports = set(Import.objects.filter(importer=C40Importer.id).values_list("public_id", flat=True))
    return c40plan.plan(book, imports, work.options.get("replace_edited") or ())


def _compute(plan: Plan, work: Work) -> None:
    """Compute each inventory; what is wrong is told of all of them by name."""
    errors: list[Finding] = []
    done = 0
    for step, each in enumerate(plan.items, start=1):
        errors += c40plan.compute(plan, each)
        done += len(each.source.lines)
        if step % 40 == 0:
            work.tell(done, plan.lines)
    if errors:
        raise Refused(errors[:100], more=max(0, len(errors) - 100))


def counts(plan: Plan) -> dict[str, Count]:
    """Return how many things of each kind are made, changed and left."""
    new = [each for each in plan.items if each.draft is not None and each.draft.inventory is None]
    changed = [each for each in plan.items if each.draft is not None and each.draft.inventory is not None]
    changes = [change for each in plan.items if each.draft for change in each.draft.changes]
    created = sum(change.before is None for change in changes)
    removed = sum(change.removed for change in changes)
    return {
        "places": Count(created=len(plan.new_places), unchanged=len(plan.places) - len(plan.new_places)),
        "inventories": Count(
            created=len(new), changed=len(changed), unchanged=len(plan.items) - len(new) - len(changed)
        ),
        "rows": Count(
            created=created,
            removed=removed,
            changed=len(changes) - created - removed,
            unchanged=plan.rows - created - (len(changes) - created - removed),
        ),
        "figures": Count(created=len(plan.figures), unchanged=plan.figures_there),
        "facts": Count(created=len(plan.facts)),
    }


def edited(plan: Plan) -> list[Edited]:
    """Return the inventories in which people changed rows that the workbook would replace."""
    return [
        Edited(
            each.key, each.source.name, each.by_hand.total(), each.by_hand.most_common(),
            replaced=each.draft is not None,
        )
        for each in plan.items
        if each.by_hand
    ]  # fmt: skip


def irregular(book: C40Book) -> list[Irregular]:
    """Return the notation keys that are not written as one of the four."""
    return [
        Irregular(each.row, line.ref, line.raw_key or "", _read_as(line), each.name)
        for each in book.inventories
        for line in each.lines
        if line.state == "key" and line.raw_key != line.notation_key
    ]


def _read_as(line: Any) -> str:
    return " ".join([line.notation_key or "", *line.included_in]).strip()


def exceptions(book: C40Book) -> list[Differs]:
    """Return every published total that its lines do not add up to; those of whole inventories first."""
    found = [
        (not one.main, Differs(each.name, one.label, one.published_t, one.computed_t, each.row))
        for each in book.inconsistent
        for one in each.differences
    ]
    return [differs for _minor, differs in sorted(found, key=lambda pair: (pair[0], pair[1].name))]
