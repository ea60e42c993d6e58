"""Read the folder of a framework edition, and check what it says: names, kinds, units, scores, sources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from localaction.engine.errors import InputError
from localaction.engine.formulas.kinds import (
    DAY,
    TEXT,
    TRUTH,
    Kind,
    Vocabulary,
    bare_factors,
    check,
    number,
    shown_as,
)
from localaction.engine.formulas.parse import FormulaError, parse
from localaction.engine.formulas.tree import Name, Node, names_in
from localaction.engine.packs.checks import Checks, known, unique
from localaction.engine.packs.feed import Fit
from localaction.engine.packs.frameworks import (
    Case,
    Decision,
    Framework,
    Indicator,
    Total,
    read_decision,
    read_scoring,
    read_setting,
    source_at,
)
from localaction.engine.packs.scoringchecks import check_scoring
from localaction.engine.units import Units
from localaction.engine.yamlpack import Document, Place, read

Items = Mapping[str, Mapping[str, Any]]
SORTS = {"choice": TEXT, "text": TEXT, "yes_no": TRUTH, "day": DAY}
TRUTHS = (("decisions", "formula"), ("levels", "when"), ("badges", "when"), ("checks", "rule"))
AS_OF, PERIOD_DAYS = "as_of", "period.days"


def read_framework(folder: Path, checks: Checks, items: Items) -> Framework:
    """Return the framework in a folder: ``pack.yaml``, and ``cases/*.yaml`` beside it.

    Raises
    ------
    PackError
        File, line, what and what to do.
    """
    document = read(folder / "pack.yaml", "framework")
    found = _Reader(document, checks, items).framework()
    cases = [read(path, "framework-cases") for path in sorted((folder / "cases").glob("*.yaml"))]
    read_cases = {case.id: case for part in cases for case in _cases(part, checks, found)}
    content = json.dumps(document.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Framework(**{**found.__dict__, "cases": read_cases, "digest": digest})


def kind_of(item: Mapping[str, Any], units: Units) -> Kind:
    """Return what a data item, or a column of a table, holds."""
    return number(item["unit"], units) if item["kind"] == "number" else SORTS[item["kind"]]


class _Reader:
    """One framework as it is read: names become known as they are declared."""

    def __init__(self, document: Document, checks: Checks, items: Items) -> None:
        self.document, self.checks, self.items = document, checks, items
        self.data: Mapping[str, Any] = document.data
        units = checks.units
        values = {key: kind_of(item, units) for key, item in items.items() if item["kind"] != "table"}
        self.values: dict[str, Kind] = {**values, AS_OF: DAY, PERIOD_DAYS: number("day", units)}
        self.tables = {
            key: {column["id"]: kind_of(column, units) for column in item["columns"]}
            for key, item in items.items()
            if item["kind"] == "table"
        }
        self.rests_on: dict[str, frozenset[str]] = {}
        self.indicators: dict[str, Indicator] = {}
        self.totals: dict[str, Total] = {}

    @property
    def words(self) -> Vocabulary:
        return Vocabulary(self.values, self.tables)

    def framework(self) -> Framework:
        data = self.data
        self._shape()
        settings = {f"setting.{entry['id']}": entry for entry in data.get("settings", ())}
        self.values.update({key: number(entry["unit"], self.checks.units) for key, entry in settings.items()})
        for index, entry in enumerate(data["indicators"]):
            self._indicator(("indicators", index), entry)
        for index, entry in enumerate(data.get("totals", ())):
            self._total(("totals", index), entry)
        badges = self._decisions("badges", "when")
        decisions = self._decisions("decisions", "formula")
        return Framework(
            id=data["id"],
            edition=data["edition"],
            language=data.get("language", "en"),
            title=data["title"],
            publisher=data["publisher"],
            licence=data["licence"],
            summary=data["summary"],
            explanation=tuple(data.get("explanation", ())),
            source=source_at(data["source"]),
            confidence=data["confidence"],
            last_checked=data["last_checked"],
            ranking=data.get("ranking", True),
            floor=data.get("floor", 0.0),
            sections={entry["id"]: entry["label"] for entry in data["sections"]},
            settings={key: entry["value"] * self.values[key].size for key, entry in settings.items()},
            indicators=self.indicators,
            totals=self.totals,
            decisions=decisions,
            badges=badges,
            levels=self._decisions("levels", "when"),
            checks=self._decisions("checks", "rule"),
            items=self._used_items(),
            sizes=self._sizes(),
            cases={},
            declared=tuple(read_setting(entry) for entry in settings.values()),
        )

    def _shape(self) -> None:
        """Ids are used once, sources are on file, and the folder is named after the framework."""
        folder = self.document.path.parent
        if (folder.parent.name, folder.name) != (self.data["id"], self.data["edition"]):
            problem = f"the folder {folder.parent.name}/{folder.name} is not named after the framework."
            fix = f"Name it {self.data['id']}/{self.data['edition']}."
            raise self.document.error(("id",), problem, fix)
        self.checks.sources_of(self.document)
        for part in ("sections", "indicators", "totals", "decisions", "levels", "badges", "checks"):
            entries = self.data.get(part, ())
            unique(self.document, (((part, n, "id"), entry["id"]) for n, entry in enumerate(entries)))

    def _indicator(self, place: Place, entry: Mapping[str, Any]) -> None:
        sections = [section["id"] for section in self.data["sections"]]
        known(self.document, (*place, "section"), entry["section"], "section", sections)
        if ("formula" in entry) == ("answer" in entry):
            problem = f"{entry['id']} has not either a formula or an answer."
            raise self.document.error(place, problem, "Give one of the two.")
        tree, kind = self._reckoned(place, entry)
        size = self._unit(place, entry, tree, kind)
        scoring = read_scoring(entry["scoring"]) if self._one_rule(place, entry) else None
        if scoring:
            check_scoring(self.document, (*place, "scoring"), entry, scoring, self.items)
        name = entry.get("name", "")
        rests_on = self._items_of(tree)
        self.indicators[entry["id"]] = Indicator(
            id=entry["id"],
            name=name,
            section=entry["section"],
            label=entry["label"],
            help=entry.get("help", ""),
            unit=entry.get("unit", ""),
            formula=entry.get("formula", ""),
            answer=entry.get("answer", ""),
            tree=tree,
            kind=kind,
            size=size,
            items=tuple(sorted(rests_on)),
            round=entry.get("round"),
            low=entry.get("range", {}).get("min"),
            high=entry.get("range", {}).get("max"),
            direction=entry.get("direction", ""),
            required=entry.get("required", "may"),
            groups=tuple(entry.get("groups", ())),
            scoring=scoring,
            confidence=entry.get("confidence", self.data["confidence"]),
            source=source_at(entry.get("source", self.data["source"])),
            note=entry.get("note", ""),
            fits=self._fits(place, entry, rests_on),
        )
        if name:
            if name in self.values:
                raise self.document.error((*place, "name"), f'"{name}" is used twice.', "Give each its own.")
            self.values[name] = kind
            self.rests_on[name] = rests_on

    def _fits(self, place: Place, entry: Mapping[str, Any], rests_on: frozenset[str]) -> dict[str, Fit]:
        for item in entry.get("fit", {}):
            what = f"data item of {entry['id']}"
            known(self.document, (*place, "fit", item), item, what, sorted(rests_on))
        return {item: Fit(said["fit"], said["note"]) for item, said in entry.get("fit", {}).items()}

    def _reckoned(self, place: Place, entry: Mapping[str, Any]) -> tuple[Node, Kind]:
        if answer := entry.get("answer"):
            known(self.document, (*place, "answer"), answer, "data item", self.items)
            if self.items[answer]["kind"] == "table":
                problem = f"{answer} is a table, which is no answer."
                raise self.document.error((*place, "answer"), problem, "Write a formula over its rows.")
            return Name(answer, 0), self.values[answer]
        return self._formula((*place, "formula"), entry["formula"])

    def _formula(self, place: Place, text: str, sort: str | None = None) -> tuple[Node, Kind]:
        try:
            tree = parse(text)
            kind = check(tree, self.words)
        except FormulaError as error:
            raise self.document.error(place, error.message, error.remedy) from error
        if sort is not None and kind.sort != sort:
            wanted = {"truth": "yes or no", "day": "a day"}[sort]
            problem = f"the formula does not give {wanted}."
            raise self.document.error(place, problem, "Compare something in it.")
        return tree, kind

    def _unit(self, place: Place, entry: Mapping[str, Any], tree: Node, kind: Kind) -> float:
        """Return the size of the unit; numbers have one that fits, a share has a range and no factor."""
        unit = entry.get("unit")
        if (kind.sort == "number") != (unit is not None):
            problem = f"{entry['id']} {'has no unit' if unit is None else 'is no number and has a unit'}."
            raise self.document.error(place, problem, "Numbers have a unit, other answers none.")
        if unit is None:
            return 1.0
        try:
            wanted = number(unit, self.checks.units)
            shown_as(kind, wanted, unit)
        except InputError as error:
            raise self.document.error((*place, "unit"), error.message, error.remedy) from error
        if unit == "%":
            self._share(place, entry, tree)
        return wanted.size

    def _share(self, place: Place, entry: Mapping[str, Any], tree: Node) -> None:
        if bare_factors(tree):
            problem = "a number multiplies a share; the factor of % is put in by itself."
            raise self.document.error((*place, "formula"), problem, "Take the factor out.")
        if "range" not in entry:
            raise self.document.error(place, f"{entry['id']} is in % and has no range.", "Add range.")

    def _one_rule(self, place: Place, entry: Mapping[str, Any]) -> bool:
        if "scoring" not in entry:
            return False
        rules = [key for key in entry["scoring"] if key not in {"confidence", "source", "note"}]
        if len(rules) != 1:
            problem = f"{entry['id']} has {len(rules)} rules of scoring."
            fix = "Give one of bands, ladder, linear, threshold, target."
            raise self.document.error((*place, "scoring"), problem, fix)
        return True

    def _items_of(self, tree: Node) -> frozenset[str]:
        names = names_in(tree)
        through = frozenset().union(*(self.rests_on.get(name, frozenset()) for name in names))
        return frozenset(name for name in names if name in self.items) | through

    def _total(self, place: Place, entry: Mapping[str, Any]) -> None:
        parts = self._parts(place, entry)
        weights = entry.get("weights", {})
        if (entry["rule"] == "weighted") != bool(weights):
            problem = f"{entry['id']} is {entry['rule']} and has {'weights' if weights else 'no weights'}."
            raise self.document.error(place, problem, "Weights belong to the rule weighted, and to no other.")
        for part in weights:
            known(self.document, (*place, "weights"), part, "part", parts)
        if missing := [part for part in parts if weights and part not in weights]:
            raise self.document.error((*place, "weights"), f"{missing[0]} has no weight.", "Add it.")
        self.totals[entry["id"]] = Total(
            id=entry["id"],
            label=entry["label"],
            rule=entry["rule"],
            of=entry["of"],
            parts=parts,
            weights=weights,
            min_coverage=entry.get("min_coverage", 0.0),
            missing=entry.get("missing", "skip"),
            round=entry.get("round"),
            note=entry.get("note", ""),
        )
        self.values[entry["id"]] = Kind("number")

    def _parts(self, place: Place, entry: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the indicators, or the totals, that a total is over."""
        if entry["of"] == "total":
            for name in entry["over"]:
                known(self.document, (*place, "over"), name, "total", self.totals)
            return tuple(entry["over"])
        sections = {section["id"] for section in self.data["sections"]}
        groups = {group for indicator in self.indicators.values() for group in indicator.groups}
        parts: list[str] = []
        for name in entry["over"]:
            if name in self.indicators:
                parts.append(name)
                continue
            known(self.document, (*place, "over"), name, "section, group or indicator", sections | groups)
            parts.extend(
                indicator.id
                for indicator in self.indicators.values()
                if (indicator.section == name or name in indicator.groups)
                and (entry["of"] != "score" or indicator.scoring is not None)
            )
        return tuple(dict.fromkeys(parts))

    def _decisions(self, part: str, key: str) -> tuple[Decision, ...]:
        found = []
        for index, entry in enumerate(self.data.get(part, ())):
            place: Place = (part, index)
            self._formula((*place, key), entry[key], "truth")
            if due := entry.get("due"):
                self._formula((*place, "due"), due, "day")
            if handed_in := entry.get("submitted"):
                known(self.document, (*place, "submitted"), handed_in, "data item", self.items)
            for indicator in entry.get("indicators", ()):
                known(self.document, (*place, "indicators"), indicator, "indicator", self.indicators)
            found.append(read_decision(entry, entry[key]))
            if part in {"decisions", "badges"}:
                name = entry["id"] if part == "decisions" else f"badge.{entry['id']}"
                self.values[name] = TRUTH
        return tuple(found)

    def _sizes(self) -> dict[str, float]:
        """Return the size of each unit in base units, by name; of columns by ``table:column``."""
        columns = {
            f"{table}:{column}": kind.size
            for table, kinds in self.tables.items()
            for column, kind in kinds.items()
        }
        return {**{key: kind.size for key, kind in self.values.items()}, **columns}

    def _used_items(self) -> Items:
        mentioned: set[str] = set()
        for indicator in self.indicators.values():
            mentioned |= set(indicator.items)
        for part, key in TRUTHS:
            for entry in self.data.get(part, ()):
                mentioned |= names_in(parse(entry[key]))
                mentioned |= names_in(parse(entry["due"])) if entry.get("due") else set()
                mentioned |= {entry["submitted"]} if entry.get("submitted") else set()
        return {key: item for key, item in self.items.items() if key in mentioned}


def _cases(document: Document, checks: Checks, framework: Framework) -> Iterable[Case]:
    checks.sources_of(document)
    entries = document.data["cases"]
    unique(document, ((("cases", n, "id"), entry["id"]) for n, entry in enumerate(entries)))
    named: Mapping[str, Iterable[str]] = {
        "values": framework.indicators,
        "scores": framework.indicators,
        "totals": framework.totals,
        "coverage": framework.totals,
        "decisions": [decision.id for decision in framework.decisions],
        "badges": [badge.id for badge in framework.badges],
    }
    for index, entry in enumerate(entries):
        place: Place = ("cases", index)
        for item in entry["answers"]:
            known(document, (*place, "answers", item), item, "data item of this framework", framework.items)
        for part, names in named.items():
            for name in entry["expected"].get(part, {}):
                known(document, (*place, "expected", part, name), name, part.rstrip("s"), names)
        yield Case(
            id=entry["id"],
            title=entry["title"],
            source=source_at(entry["source"]),
            answers=entry["answers"],
            verified=tuple(entry.get("verified", ())),
            as_of=entry.get("as_of", ""),
            expected=entry["expected"],
            tolerance=entry.get("tolerance", {}).get("relative", 1e-6),
            note=entry.get("note", ""),
        )
