"""What an import of the C40 workbook would do: places found or made, inventories compared."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.exchange.c40 import C40Book, C40Inventory
from localaction.engine.packs import Library
from localaction.platform.imports.importers.standing import Standing, says_the_same
from localaction.platform.inventories.bulk import (
    Draft,
    computed,
    inventories_at,
    last_batches,
    last_runs,
    standing_rows,
)
from localaction.platform.inventories.byhand import By, changed_by_hand
from localaction.platform.inventories.factor_queries import libraries_of
from localaction.platform.inventories.models import Inventory, RowRevision
from localaction.platform.inventories.writing import Change, cleaned
from localaction.platform.places.bulk import NewFact, NewPlace
from localaction.platform.places.folding import fold
from localaction.platform.places.models import Place
from localaction.platform.places.queries import place_chains, places_by_codes
from localaction.platform.places.search import find_exact
from localaction.platform.values.queries import candidates_among
from localaction.platform.values.services import Figure

SOURCE = "c40-ghg-dashboard-2023"
BOUNDARY = "boundary"
ITEMS = {"population.total": "population", "area.total": "area_km2", "economy.gdp": "gdp_usd"}
UNITS = {"population.total": "person", "area.total": "km2", "economy.gdp": "USD"}
BRACKETS = re.compile(r"\(([^)]*)\)")
OPEN_CELL = "inventory.open_cell"
LONGEST_CODE = 28


class LargestOfSeveral(InputError):
    """Several places of a country go by a name."""

    code = "imports.c40.largest_of_several"
    text = "{count} places in {country} go by the name {city}; {chosen} ({place_code}) was taken."
    remedy_text = "If it is another one, leave the import and give that place the name as written first."


class OwnInventory(InputError):
    """The place has an inventory of its own of that year."""

    code = "imports.c40.own_inventory"
    text = "{name} has an inventory that did not come from this source; it is left as it is."
    remedy_text = "Nothing needs to be done; the published figures can be compared with it by hand."


class EditedByHand(InputError):
    """Somebody changed rows of an inventory that came from this source."""

    code = "imports.c40.edited_by_hand"
    text = "{rows} rows of {name} were changed by hand since they were imported; it is left as it is."
    remedy_text = (
        "To put the rows of the workbook in their place, tick it before you apply; "
        "with the command add --replace-edited."
    )


class EditsReplaced(InputError):
    """Rows that somebody changed are replaced, because a person asked for it."""

    code = "imports.c40.edits_replaced"
    text = "{rows} rows of {name} were changed by hand since they were imported; the workbook replaces them."
    remedy_text = "To keep them, bring the file in again without --replace-edited."


class StaysDraft(InputError):
    """Something stands in the way of publishing an inventory."""

    code = "imports.c40.stays_draft"
    text = "{name} stays a draft: {count} cells that are required for its level are blank in the workbook."
    remedy_text = "Open it after the import, fill the cells with an amount or a notation key, and publish it."


@dataclass(slots=True)
class Item:
    """One inventory of the workbook and what becomes of it; no draft where nothing does."""

    source: C40Inventory
    place: Place
    draft: Draft | None = None
    stands: str = "new"  # the newest change of the inventory that is there
    by_hand: By | None = None

    @property
    def key(self) -> str:
        """The name by which a person says that it may be replaced."""
        return f"{self.place.code} {self.source.label_year}"


@dataclass(slots=True)
class Plan:
    """Everything an import would do."""

    citation: str
    licence: str
    items: list[Item] = field(default_factory=list)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    new_places: list[NewPlace] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    figures_there: int = 0
    facts: list[NewFact] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    chains: dict[tuple[int, object], tuple[str, ...]] = field(default_factory=dict)
    libraries: dict[int, Library] = field(default_factory=dict)
    rows: int = 0
    lines: int = 0

    def fingerprint(self) -> str:
        """Return a digest of what stands: which inventories there are, and their newest changes."""
        parts = [f"{item.key} {item.stands}" for item in self.items]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def plan(book: C40Book, imports: Collection[uuid.UUID], replace: Collection[str] | str = ()) -> Plan:
    """Return what importing the workbook would do; a constant number of queries.

    Parameters
    ----------
    book : C40Book
        What was read.
    imports : collection of UUID
        The imports of such workbooks: what others wrote since is by hand, and is left alone.
    replace : collection of str, or ``"all"``
        The inventories, by `Item.key`, in which what was changed by hand is replaced all the same.
    """
    source = Library.load().sources[SOURCE]
    made = Plan(_citation(source, book), source.licence or "")
    _find_places(made, book)
    made.lines = sum(len(each.lines) for each in book.inventories)
    _compare(made, book, imports)
    _leave_alone(made, replace)
    _figures(made)
    _facts(made)
    days = [(item.place, item.source.period.end) for item in made.items if item.place.pk]
    chains = place_chains(days)
    made.chains = {(place.pk, day): chain for (place, day), chain in zip(days, chains, strict=True)}
    made.libraries = dict(libraries_of({place.pk for place, _day in days}))
    return made


def compute(made: Plan, item: Item) -> list[Finding]:
    """Compute an inventory that is new or changed; return what is wrong with it, by name."""
    if item.draft is None:
        return []
    chain = made.chains.get((item.place.pk or 0, item.source.period.end))
    try:
        library = made.libraries.get(item.place.pk or 0) or Library.load()
        computed(item.draft, chain or (item.place.code, item.place.country_code, "world"), library)
    except Refused as refused:
        return [_named(finding, item.source) for finding in refused.findings]
    except InputError as error:
        return [_named(Finding.of(error), item.source)]
    return []


def open_cells(made: Plan, *, publish: bool) -> list[Finding]:
    """Return which inventories stay drafts because the workbook leaves required cells blank."""
    found = []
    for item in made.items if publish else ():
        result = item.draft.result if item.draft else None
        findings = result.findings if result else ()
        if count := sum(each.blocks_publication and each.code == OPEN_CELL for each in findings):
            error = StaysDraft(name=item.source.name, count=count)
            found.append(Finding.of(error, row=item.source.row, severity="warning"))
    return found


def _named(finding: Finding, source: C40Inventory) -> Finding:
    return Finding(
        finding.severity, finding.code, f"{source.name}: {finding.message}", finding.remedy, finding.params,
        source.row, finding.column, finding.value, finding.ref,
    )  # fmt: skip


def _citation(source: object, book: C40Book) -> str:
    publisher, title = getattr(source, "publisher", ""), getattr(source, "title", "")
    return f"{publisher}, {title}, version {book.version}"


def _find_places(made: Plan, book: C40Book) -> None:
    """Match cities with places by country and folded name; what is not found is made."""
    cities = {(each.country_code or "", each.city): each for each in reversed(book.inventories)}
    wanted = {(country, fold(name)) for country, city in cities for name in names_of(city)}
    known = {
        key: [each for each in found if each.kind != Place.Kind.COUNTRY]
        for key, found in find_exact(wanted).items()
    }
    missing = []
    for (country, city), source in cities.items():
        found = next((known[key] for name in names_of(city) if known.get(key := (country, fold(name)))), [])
        if len(found) > 1:
            error = LargestOfSeveral(
                count=len(found),
                country=source.country,
                city=city,
                chosen=found[0].name,
                place_code=found[0].code,
            )
            made.findings.append(Finding.of(error, row=source.row, severity="warning"))
        if found:
            made.places[country, city] = found[0]
        else:
            missing.append((country, city))
    _make_places(made, missing)


def _make_places(made: Plan, missing: list[tuple[str, str]]) -> None:
    codes = {city: _code(*city) for city in missing}
    taken = set(places_by_codes(list(codes.values())))
    for city, wanted in codes.items():
        code, number = wanted, 2
        while code in taken:
            code, number = f"{wanted}-{number}", number + 1
        taken.add(code)
        made.new_places.append(NewPlace(code, "city", city[1], city[0], tuple(names_of(city[1])[1:])))
        made.places[city] = Place(code=code, kind="city", name=city[1], country_code=city[0])


def _code(country: str, city: str) -> str:
    words = "-".join(fold(city).encode("ascii", "ignore").decode().upper().split())
    return f"{country}-{words}"[:LONGEST_CODE].strip("-")


def names_of(city: str) -> list[str]:
    """Return the names by which a city as written may be found: whole, without brackets, what is in them."""
    inside = BRACKETS.findall(city)
    return list(dict.fromkeys(name.strip() for name in (city, BRACKETS.sub("", city), *inside) if fold(name)))


def _compare(made: Plan, book: C40Book, imports: Collection[uuid.UUID]) -> None:
    """Compare every inventory with what stands: new, changed, the same, or somebody else's."""
    there = inventories_at(made.places.values())
    mine = [each for each in there.values() if _is_mine(each, made)]
    rows, last, runs = standing_rows(mine), last_batches(mine), last_runs(mine)
    by_hand = changed_by_hand(mine, imports)
    for source in book.inventories:
        place = made.places[source.country_code or "", source.city]
        item = Item(source, place)
        made.items.append(item)
        inventory = there.get((place.pk or 0, source.label_year))
        wanted = [cleaned(row.values) for row in source.raw_rows(book.as_published)]
        made.rows += len(wanted)
        if inventory is not None and not _is_mine(inventory, made):
            item.stands = "its own"
            made.findings.append(
                Finding.of(OwnInventory(name=source.name), row=source.row, severity="warning")
            )
            continue
        standing = rows.get(inventory.pk, []) if inventory else []
        changes = list(_changes(wanted, standing))
        if inventory is not None:
            item.stands, item.by_hand = str(last.get(inventory.pk)), by_hand.get(inventory.pk)
        if inventory is None or changes:
            item.draft = Draft(
                place, source.period, made.citation, made.licence, changes, standing, inventory,
                last.get(inventory.pk) if inventory else None,
                runs.get(inventory.pk, 0) + 1 if inventory else 1,
            )  # fmt: skip


def _leave_alone(made: Plan, replace: Collection[str] | str) -> None:
    """Leave inventories that somebody edited as they are, unless a person named them; say of each."""
    for item in made.items:
        if item.draft is None or not item.by_hand:
            item.by_hand = None  # nothing of it would be replaced
            continue
        replaced = replace == "all" or item.key in replace
        kind = EditsReplaced if replaced else EditedByHand
        error = kind(rows=item.by_hand.total(), name=item.source.name)
        made.findings.append(Finding.of(error, row=item.source.row, severity="warning"))
        if not replaced:
            item.draft = None


def _is_mine(inventory: Inventory, made: Plan) -> bool:
    return inventory.origin == Inventory.Origin.PUBLISHED_SOURCE and inventory.citation == made.citation


def _changes(wanted: list[dict[str, str]], standing: Sequence[RowRevision]) -> Iterator[Change]:
    held = Standing(reversed(standing))
    for values in wanted:
        before = held.take(None, values)
        if before is None:
            yield Change(values, key=uuid.uuid4())
        elif not says_the_same(before.values(), values):
            yield Change(values, before)
    yield from (Change(revision.values(), revision, removed=True) for revision in held.left())


def _figures(made: Plan) -> None:
    """Note the figures of the city that are not kept yet; what another source says is never replaced."""
    figures = [
        Figure(
            place=item.place, item=name, period=item.source.period, basis="imported", amount=amount,
            unit=UNITS[name], source=made.citation[:300],
        )
        for item in made.items
        if item.draft is not None
        for name, attribute in ITEMS.items()
        if (amount := getattr(item.source, attribute)) is not None
    ]  # fmt: skip
    there = candidates_among([figure for figure in figures if figure.place.pk])
    made.figures = [figure for figure in figures if not figure.place.pk or figure.key() not in there]
    made.figures_there = len(figures) - len(made.figures)


def _facts(made: Plan) -> None:
    """Note the boundary of each city from the first day on which the workbook states it."""
    said: dict[str, str] = {}
    for item in sorted(made.items, key=lambda item: (item.place.code, item.source.period.start)):
        text = item.source.boundary
        if item.draft is None or not text or said.get(item.place.code) == text:
            continue
        said[item.place.code] = text
        made.facts.append(NewFact(item.place, BOUNDARY, text, made.citation[:300], item.source.period.start))
