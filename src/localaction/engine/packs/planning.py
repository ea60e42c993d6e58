"""What packs say of plans: the words their parts are chosen from, further fields, and currencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from localaction.engine.packs.checks import Checks, known, new, unique
from localaction.engine.packs.library import Library
from localaction.engine.references.quantity import check_unit
from localaction.engine.yamlpack import Document, read
from localaction.packs import DATA

#: Lists that plans are made of; a pack may bring more.
NEEDED = (
    "target_kind", "gas", "scope", "boundary", "action_status", "purpose", "sector", "sector_group",
    "finance_source", "co_benefit",
)  # fmt: skip
OF_LIST = {"choice", "choices"}
KEYS_OF = {"target_kind": ("level", "needs"), "action_status": ("state",), "sector": ("under",)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One word that can be chosen.

    Parameters
    ----------
    id, label, note : str
        What is kept, what is read, and what it means.
    level : str
        Of a kind of target: how its aim is worked out (see ``engine.pathways``).
    needs : tuple of str
        Of a kind of target: the fields it cannot be worked out without.
    state : str
        Of a status: ``open``, ``running``, ``done`` or ``dropped``.
    under, theme : str
        The group it is listed in, and the sector whose colour it has.
    source_ref, locator, confidence : str
        Where it is from, and how sure that is.
    """

    id: str
    label: str
    note: str
    level: str
    needs: tuple[str, ...]
    state: str
    under: str
    theme: str
    source_ref: str
    locator: str
    confidence: str


@dataclass(frozen=True, slots=True)
class PlanField:
    """A field beyond the fixed ones, of one kind of record."""

    id: str
    of: str
    label: str
    kind: str
    list: str
    unit: str
    help: str


@dataclass(frozen=True)
class PlanWords:
    """Lists of choices by id, further fields by kind of record, digits of the smaller unit by currency."""

    lists: Mapping[str, Mapping[str, Choice]]
    fields: Mapping[str, tuple[PlanField, ...]]
    currencies: Mapping[str, int]

    @staticmethod
    @cache
    def load(folder: Path = DATA) -> PlanWords:
        """Return what the packs in ``folder`` say; read once per process.

        Raises
        ------
        PackError
            If a file is not as it must be: file, line, what and what to do.
        """
        library = Library.load(folder)
        return read_plan_words(folder, Checks(library.sources, library.units))

    def choice(self, list_id: str, choice_id: str) -> Choice | None:
        """Return a choice, or None if there is none of that id."""
        return self.lists[list_id].get(choice_id)

    def label(self, list_id: str, choice_id: str) -> str:
        """Return the label of a choice, or the id itself where the packs no longer know it."""
        found = self.choice(list_id, choice_id)
        return found.label if found else choice_id


def read_plan_words(folder: Path, checks: Checks) -> PlanWords:
    """Return the words of plans from ``planning/choices.yaml`` and ``planning/currencies.yaml``.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    document = read(folder / "planning" / "choices.yaml", "planning")
    checks.sources_of(document)
    lists = _lists(document)
    fields = list(_fields(document, lists, checks))
    by_kind = {of: tuple(each for each in fields if each.of == of) for of in {each.of for each in fields}}
    return PlanWords(lists, by_kind, _currencies(folder, checks))


def _lists(document: Document) -> dict[str, dict[str, Choice]]:
    found: dict[str, dict[str, Choice]] = {}
    for index, held in enumerate(document.data["lists"]):
        place = ("lists", index)
        new(document, (*place, "id"), held["id"], found)
        choices = held["choices"]
        unique(document, (((*place, "choices", n, "id"), each["id"]) for n, each in enumerate(choices)))
        for n, each in enumerate(choices):
            for key in KEYS_OF.get(held["id"], ()):
                if key not in each:
                    raise document.error(
                        (*place, "choices", n), f'the choice "{each["id"]}" has no {key}.', "Add it."
                    )
        found[held["id"]] = {each["id"]: _choice(each, held) for each in choices}
    for name in NEEDED:
        if name not in found:
            raise document.error(("lists",), f'the list "{name}" is missing.', "Plans need it: add it.")
    _groups(document, found)
    return found


def _groups(document: Document, lists: Mapping[str, Mapping[str, Choice]]) -> None:
    for index, held in enumerate(document.data["lists"]):
        for n, each in enumerate(held["choices"]):
            if "under" in each:
                place = ("lists", index, "choices", n, "under")
                known(document, place, each["under"], "group", lists[f"{held['id']}_group"])


def _choice(data: Mapping[str, Any], held: Mapping[str, Any]) -> Choice:
    source = data.get("source", held["source"])
    return Choice(
        id=data["id"],
        label=data["label"],
        note=data.get("note", ""),
        level=data.get("level", ""),
        needs=tuple(data.get("needs", ())),
        state=data.get("state", ""),
        under=data.get("under", ""),
        theme=data.get("theme", ""),
        source_ref=source["ref"],
        locator=source["locator"],
        confidence=data.get("confidence", held["confidence"]),
    )


def _fields(
    document: Document, lists: Mapping[str, Mapping[str, Choice]], checks: Checks
) -> Iterator[PlanField]:
    taken: set[tuple[str, str]] = set()
    for index, data in enumerate(document.data.get("fields", ())):
        place, kind = ("fields", index), data["kind"]
        if (data["of"], data["id"]) in taken:
            raise document.error((*place, "id"), f'"{data["id"]}" is used twice.', "Give each its own.")
        taken.add((data["of"], data["id"]))
        if (kind in OF_LIST) != ("list" in data):
            problem = (
                f'the field "{data["id"]}" is of the kind {kind} and has {"no " * (kind in OF_LIST)}list.'
            )
            raise document.error(place, problem, "A choice names its list, and nothing else does.")
        if "list" in data:
            known(document, (*place, "list"), data["list"], "list", lists)
        if "unit" in data:
            check_unit(data["unit"], checks.units)
        more = {name: data.get(name, "") for name in ("list", "unit", "help")}
        yield PlanField(id=data["id"], of=data["of"], label=data["label"], kind=kind, **more)


def _currencies(folder: Path, checks: Checks) -> dict[str, int]:
    document = read(folder / "planning" / "currencies.yaml", "currencies")
    checks.sources_of(document)
    digits = document.data["digits"]
    unique(
        document,
        (
            (("digits", count, index), code)
            for count, codes in digits.items()
            for index, code in enumerate(codes)
        ),
    )
    return {code: int(count) for count, codes in digits.items() for code in codes}
