"""Creating inventories and computing them; results become figures of the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from localaction.engine.inventory.compile import compile_inventory
from localaction.engine.inventory.results import Figure as Sum
from localaction.engine.inventory.results import Result
from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.errors import (
    BadInventoryPeriod,
    ReasonNeeded,
    SourceNotCited,
    UnknownGwpSet,
    YearTaken,
)
from localaction.platform.inventories.factor_queries import library_of
from localaction.platform.inventories.models import Inventory, Run
from localaction.platform.inventories.queries import (
    EDIT,
    current_rows,
    is_stale,
    last_batch_id,
    latest_run,
    options_of,
    raw_rows,
    reach_of,
)
from localaction.platform.inventories.writing import take_turn
from localaction.platform.places.models import Place
from localaction.platform.values.services import Figure, record_many

DEFAULT_GWP_SET = "ar5"
EARLIEST_YEAR = 1900
SHORTEST_DAYS, LONGEST_DAYS = 364, 372  # twelve months, with a little room for weeks that are not cut
LINES_KEPT = 5_000  # a run and its published document stay below 5 MB, and publishing near a second
CELL_ITEM, TOTAL_ITEM = "ghg.inventory.cell", "ghg.inventory.total"
UNIT = "t"


@transaction.atomic
def create_inventory(
    *,
    actor: Actor,
    place: Place,
    label_year: int,
    gwp_set: str = DEFAULT_GWP_SET,
    period_start: date | None = None,
    period_end: date | None = None,
    origin: str = Inventory.Origin.OWN,
    citation: str = "",
    licence: str = "",
) -> Inventory:
    """Begin the inventory of a place for one year, by default the calendar year.

    Raises ``YearTaken``, ``BadInventoryPeriod``, ``UnknownGwpSet`` or ``SourceNotCited``.
    """
    require(actor, EDIT, place.scope_id)
    period = _period(label_year, period_start, period_end)
    if origin == Inventory.Origin.PUBLISHED_SOURCE and not citation.strip():
        raise SourceNotCited
    inventory, created = Inventory.objects.get_or_create(
        place=place,
        label_year=label_year,
        defaults={
            "period_start": period.start,
            "period_end": period.end,
            "gwp_set": known_set(gwp_set),
            "origin": origin,
            "citation": citation,
            "licence": licence,
        },
    )
    if not created:
        raise YearTaken(place=place.name, year=label_year)
    after = {"year": label_year, "period": str(period), "gwp_set": inventory.gwp_set, "origin": origin}
    record("inventories.inventory.created", actor=actor, target=inventory, after=after)
    return inventory


def _period(label_year: int, start: date | None, end: date | None) -> Period:
    if not EARLIEST_YEAR <= label_year <= date.max.year - 1:
        raise BadInventoryPeriod(
            start=label_year, end=label_year, why=f"the year is not from {EARLIEST_YEAR} on"
        )
    if label_year > timezone.now().year:
        raise BadInventoryPeriod(start=label_year, end=label_year, why="the year lies in the future")
    if start is None and end is None:
        return Period.year(label_year)
    if start is None or end is None:
        raise BadInventoryPeriod(start=start or "?", end=end or "?", why="one of the two days is missing")
    if end <= start:
        raise BadInventoryPeriod(start=start, end=end, why="it ends before it starts")
    period = Period(start, end, label_year)
    if not SHORTEST_DAYS <= period.days <= LONGEST_DAYS:
        raise BadInventoryPeriod(start=start, end=end, why=f"it has {period.days} days")
    if label_year not in {start.year, end.year}:
        raise BadInventoryPeriod(start=start, end=end, why=f"it does not touch the year {label_year}")
    return period


def require_period(period: Period) -> None:
    """Raise ``BadInventoryPeriod`` unless these days can be those of an inventory."""
    _period(period.label_year, period.start, period.end)


def known_set(gwp_set: str) -> str:
    """Return the id of a set of warming potentials. Raises ``UnknownGwpSet``."""
    known = Library.load().gwp_sets
    if gwp_set not in known:
        raise UnknownGwpSet(gwp_set=gwp_set, known=", ".join(known))
    return gwp_set


@transaction.atomic
def compute(*, actor: Actor, inventory: Inventory, reason: str = "") -> Run:
    """Compute the inventory from its rows and keep the result, its cells and totals as figures of the place.

    Nothing is written if nothing changed since the newest run.

    Raises
    ------
    Refused
        If a row is wrong, for instance after factors changed.
    """
    require(actor, EDIT, inventory.scope_id, partly=True)
    take_turn(inventory)
    last = latest_run(inventory)
    if last is not None and not is_stale(inventory, last):
        return last
    keep_lines = current_rows(inventory).count() <= LINES_KEPT
    library = library_of(inventory)
    result = compile_inventory(raw_rows(inventory), options_of(inventory, keep_lines=keep_lines), library)
    run = Run.objects.create(
        inventory=inventory,
        number=last.number + 1 if last else 1,
        last_batch_id=last_batch_id(inventory),
        gwp_set=inventory.gwp_set,
        library_digest=result.library_digest,
        factors_digest=library.digest_for(reach_of([inventory]).get(inventory.pk, ()) if library.own else ()),
        result=result.to_dict() | {"lines_complete": keep_lines},
        reason=reason,
        created_by=user_of(actor),
    )
    record_many(actor=actor, figures=figures_of(run, result), reason=reason, right=EDIT)
    totals = {name: total.co2e_t for name, total in result.totals.items()}
    record(
        "inventories.inventory.computed",
        actor=actor,
        target=inventory,
        after={"run": run.number, **totals},
        reason=reason,
    )
    return run


def figures_of(run: Run, result: Result, visibility: str = "place") -> Iterator[Figure]:
    """Yield the cells and totals of a run as derived figures.

    An open cell says so and is never zero; nor is a total of which every cell is open.
    """
    inventory = run.inventory
    common = {
        "place": inventory.place,
        "period": inventory.period,
        "basis": "derived",
        "unit": UNIT,
        "lineage": {"run": str(run.public_id), "gwp_set": run.gwp_set, "protocol": result.protocol},
        "visibility": visibility,
    }
    answered = [cell.ref for cell in result.cells if cell.state != "open"]
    cells = Library.load().protocol.cells
    for name, total in result.totals.items():
        counted = any(name in cells[ref].counts_in for ref in answered)
        said = _amount(total) if counted else {"choice": "open"}
        yield Figure(item=TOTAL_ITEM, dimensions={"total": name}, **said, **common)  # type: ignore[arg-type]
    for cell in result.cells:
        if cell.figure is not None:
            content: dict[str, object] = _amount(cell.figure)
        elif cell.notation_key:
            content = {
                "notation_key": cell.notation_key,
                "key_refs": " ".join(cell.included_in),
                "key_raw": cell.raw_key or "",
                "explanation": cell.reason,
            }
        else:
            content = {"choice": "open"}
        yield Figure(item=CELL_ITEM, dimensions={"gpc_ref": cell.ref}, **content, **common)  # type: ignore[arg-type]


def _amount(figure: Sum) -> dict[str, object]:
    return {"amount": figure.co2e_t, "low": figure.low_t, "high": figure.high_t}


@dataclass(frozen=True, slots=True)
class Moved:
    """A total before and after a change, t CO2e."""

    total: str
    before_t: float
    after_t: float
    not_recomputable_t: float

    @property
    def change_percent(self) -> float | None:
        """Change in percent of the figure before; None if that is zero."""
        return 100 * (self.after_t - self.before_t) / self.before_t if self.before_t else None


def preview_warming_potentials(*, actor: Actor, inventory: Inventory, gwp_set: str) -> list[Moved]:
    """Return every total with its figure under the present and under another set of warming potentials."""
    require(actor, "inventory.view", inventory.scope_id)
    library = library_of(inventory)
    now = compile_inventory(raw_rows(inventory), options_of(inventory, keep_lines=False), library)
    then = compile_inventory(
        raw_rows(inventory), options_of(inventory, known_set(gwp_set), keep_lines=False), library
    )
    return [
        Moved(name, total.co2e_t, then.totals[name].co2e_t, then.totals[name].not_recomputable_t)
        for name, total in now.totals.items()
    ]


@transaction.atomic
def change_warming_potentials(*, actor: Actor, inventory: Inventory, gwp_set: str, reason: str) -> Run:
    """Compute the inventory under another set of warming potentials from now on.

    Raises ``ReasonNeeded`` or ``UnknownGwpSet``.
    """
    require(actor, EDIT, inventory.scope_id)
    if not reason.strip():
        raise ReasonNeeded(why="another set of warming potentials changes every total")
    take_turn(inventory)
    before = inventory.gwp_set
    inventory.gwp_set = known_set(gwp_set)
    inventory.save(update_fields=["gwp_set"])
    record(
        "inventories.inventory.gwp_changed",
        actor=actor,
        target=inventory,
        before={"gwp_set": before},
        after={"gwp_set": gwp_set},
        reason=reason,
    )
    return compute(actor=actor, inventory=inventory, reason=reason)
