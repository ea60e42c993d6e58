"""What plausibility declarations must say: a limit, on a number, of a known basis, over items on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.formulas.kinds import Kind, Vocabulary, check, number, shown_as
from localaction.engine.formulas.parse import FormulaError, parse
from localaction.engine.formulas.tree import Node, names_in
from localaction.engine.packs.checks import Checks, new
from localaction.engine.packs.frameworkreader import kind_of
from localaction.engine.packs.plausible import Plausible, rule_of, subject_of
from localaction.engine.yamlpack import Document, Place

LIMITS = ("min", "max", "change", "peers")
FEWEST = 2  # items that a ratio or a rule between items mentions


def checked_plausible(
    documents: Iterable[Document], checks: Checks, items: Mapping[str, Mapping[str, Any]]
) -> Plausible:
    """Return what files of data items declare plausible, if it fits the items on file.

    Parameters
    ----------
    documents : iterable of Document
        The files; their items are known to be sound.
    checks : Checks
        Sources and units on file.
    items : mapping
        Every data item on file.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    return _Reader(checks, items).read(documents)


class _Reader:
    def __init__(self, checks: Checks, items: Mapping[str, Mapping[str, Any]]) -> None:
        self.checks, self.items = checks, items
        self.words = Vocabulary(
            {name: kind_of(item, checks.units) for name, item in items.items() if item["kind"] != "table"}
        )
        self.taken = set(items)

    def read(self, documents: Iterable[Document]) -> Plausible:
        subjects, rules = {}, {}
        for document in documents:
            self.checks.sources_of(document)
            for index, item in enumerate(document.data["items"]):
                if "plausible" in item:
                    self._item(document, ("items", index), item)
                    subjects[item["id"]] = subject_of(item, self.words.values[item["id"]].size)
            for index, entry in enumerate(document.data.get("ratios", ())):
                size = self._ratio(document, ("ratios", index), entry)
                subjects[entry["id"]] = subject_of(entry, size)
            for index, entry in enumerate(document.data.get("cross", ())):
                self._cross(document, ("cross", index), entry)
                rules[entry["id"]] = rule_of(entry)
        numbers = {name: item for name, item in self.items.items() if item["kind"] == "number"}
        return Plausible(
            subjects=subjects,
            rules=rules,
            labels={name: item["label"] for name, item in self.items.items()},
            kinds={name: item["kind"] for name, item in self.items.items()},
            units={name: item["unit"] for name, item in numbers.items()},
            sizes={name: self.words.values[name].size for name in numbers},
        )

    def _item(self, document: Document, place: Place, item: Mapping[str, Any]) -> None:
        if item["kind"] != "number":
            problem = f"{item['id']} is no number, so nothing can be said of its range or change."
            raise document.error((*place, "plausible"), problem, "Take plausible out, or write a cross rule.")
        self._block(document, (*place, "plausible"), item["plausible"])

    def _ratio(self, document: Document, place: Place, entry: Mapping[str, Any]) -> float:
        self._new(document, place, entry)
        tree, kind = self._formula(document, (*place, "formula"), entry["formula"])
        try:
            wanted = number(entry["unit"], self.checks.units)
            shown_as(kind, wanted, entry["unit"])
        except InputError as error:
            raise document.error((*place, "unit"), error.message, error.remedy) from error
        self._several(document, (*place, "formula"), entry, tree)
        self._block(document, (*place, "plausible"), entry["plausible"])
        return wanted.size

    def _cross(self, document: Document, place: Place, entry: Mapping[str, Any]) -> None:
        self._new(document, place, entry)
        tree, kind = self._formula(document, (*place, "rule"), entry["rule"])
        if kind.sort != "truth":
            problem = "the rule does not give yes or no."
            raise document.error((*place, "rule"), problem, "Compare something in it.")
        self._several(document, (*place, "rule"), entry, tree)
        self._basis(document, place, entry)

    def _new(self, document: Document, place: Place, entry: Mapping[str, Any]) -> None:
        new(document, (*place, "id"), entry["id"], self.taken)
        self.taken.add(entry["id"])

    def _formula(self, document: Document, place: Place, text: str) -> tuple[Node, Kind]:
        try:
            tree = parse(text)
            return tree, check(tree, self.words)
        except FormulaError as error:
            raise document.error(place, error.message, error.remedy) from error

    @staticmethod
    def _several(document: Document, place: Place, entry: Mapping[str, Any], tree: Node) -> None:
        if len(names_in(tree)) < FEWEST:
            problem = f"{entry['id']} mentions fewer than {FEWEST} data items."
            raise document.error(place, problem, "Compare two; for one alone write plausible on the item.")

    def _block(self, document: Document, place: Place, block: Mapping[str, Any]) -> None:
        if not any(limit in block for limit in LIMITS):
            problem = "nothing is said to be plausible."
            raise document.error(place, problem, f"Give one or more of {', '.join(LIMITS)}.")
        if "min" in block and "max" in block and block["min"] >= block["max"]:
            problem = f"the least, {block['min']}, is not below the most, {block['max']}."
            raise document.error((*place, "max"), problem, "Correct one of the two.")
        self._basis(document, place, block)

    @staticmethod
    def _basis(document: Document, place: Place, data: Mapping[str, Any]) -> None:
        """A limit is our own and says so, or it is cited and says how sure its entry is."""
        if ("convention" in data) == ("source" in data):
            both = (
                "both on a convention and on a source"
                if "source" in data
                else "on no convention and no source"
            )
            problem = f"a limit rests {both}."
            fix = "Write convention: true for a limit of our own, or source and confidence for a cited one."
            raise document.error(place, problem, fix)
        if ("source" in data) != ("confidence" in data):
            problem = (
                "the source has no confidence." if "source" in data else "a convention has no confidence."
            )
            raise document.error(place, problem, "Give confidence beside a source, and only there.")
