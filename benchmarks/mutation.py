"""Change every number by one in a hundred and see whether a test fails: ``python -m benchmarks mutation``.

Each change is made in a process of its own, forked from one that has collected the tests, so nothing is left
behind. Tables and factors are changed where they lie in memory; of a Python module the changed source is
compiled and its functions and constants put in place of the old ones. A change that no test notices survives;
the list of survivors says what is not asserted anywhere. Zero has no hundredth and is left alone.
"""

from __future__ import annotations

import ast
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.framework_numbers import numbers_of
from benchmarks.results import record
from localaction.engine.methods.registry import implementations
from localaction.engine.packs import Library
from localaction.engine.packs.editions import frameworks
from localaction.engine.references.factors import Factor
from localaction.packs import DATA

CHANGE = 1.01
FLOOR = 0.95
USED = ("ipcc@",)  # the factors from which tables of methods are laid out
THEMES = "localaction.engine.methods."
UNITS = ["tests/unit/methods", "tests/unit/packs", "tests/unit/frameworks"]
TESTS = ["tests/worked_examples", *UNITS, "tests/parity"]
LEFT_OUT = [
    "tests/worked_examples/test_all_c40_inventories.py",
    "tests/worked_examples/test_c40_workbook.py",
    "tests/worked_examples/test_plausibility_of_real_figures.py",
]
# Which tests look at which kind of number; the first word of a mutant's file is its kind.
LOOKED_AT_BY = {
    "methods": ("worked_examples/", "unit/methods/"),
    "parameters": ("worked_examples/", "a_worked_example_comes_out"),
    "defaults": ("worked_examples/", "a_worked_example_comes_out"),
    "factors": (
        "unit/packs/test_default",
        "unit/packs/test_every_factor",
        "test_gpc_cases",
        "test_energy",
        "test_parameter_tables",
    ),
    "fuels": ("unit/packs/test_fuel", "test_gpc_cases"),
    "frameworks": (
        "a_worked_case_comes_out",
        "frameworks/test_limits",
        "worked_examples/test_frameworks",
        "tests/parity/",
    ),
    "plausible": ("unit/packs/test_plausible_limits",),
}
PART = "mutation"
AXES = {"axis", "ndim", "dtype", "decimals"}


@dataclass(frozen=True)
class Mutant:
    """One changed number: the file it stands in, where, and how to change it."""

    file: str
    where: str
    apply: Callable[[], None]

    @property
    def words(self) -> list[str]:
        """Words of the place by which the test that looks at it may be named."""
        return [word for word in self.where.split()[:1] if len(word) > len("line")]


def main(words: list[str] | None = None) -> int:
    """Run all changes, or those in files with a word; print and record the share that was noticed."""
    only = words or []
    mutants = [m for m in all_mutants(Library.load()) if not only or any(word in m.file for word in only)]
    hunt = Hunt(mutants)
    arguments = [*TESTS, *(f"--ignore={path}" for path in LEFT_OUT), "-q", "-p", "no:xdist", "--no-header"]
    status = pytest.main(arguments, plugins=[hunt])
    if not hunt.done:
        return int(status) or 1
    lines = report(mutants, hunt.survivors)
    print("\n".join(lines))
    for mutant in hunt.survivors:
        print(f"survived: {mutant.file}: {mutant.where}")
    record("-".join([PART, *only]), lines)
    return 0 if 1 - len(hunt.survivors) / max(1, len(mutants)) >= FLOOR else 1


class Hunt:
    """A pytest plugin: instead of running the tests once, runs them for every mutant until one fails."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants, self.survivors, self.done = mutants, [], False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once unchanged, then for each mutant; the one that noticed last goes first."""
        items = list(session.items)
        while (broken := _first_failure(items, None)) is not None:
            print(f"left out, for it fails without any change: {items.pop(broken).nodeid}", file=sys.stderr)
        items_of = {
            kind: [item for item in items if any(part in item.nodeid for part in parts)]
            for kind, parts in LOOKED_AT_BY.items()
        }
        hints: dict[str, list[pytest.Item]] = {}
        for number, mutant in enumerate(self.mutants):
            first = hints.setdefault(mutant.file, [])
            fitting = items_of[mutant.file.split()[0]]
            named = [item for item in fitting if any(word in item.nodeid for word in mutant.words)]
            order = list(dict.fromkeys([*first, *named, *fitting]))
            noticed = _first_failure(order, mutant)
            if noticed is None:
                self.survivors.append(mutant)
            else:
                first[:] = [order[noticed], *(item for item in first if item is not order[noticed])][:8]
            if number % 50 == 0:
                print(f"{number} of {len(self.mutants)}", file=sys.stderr, flush=True)
        self.done = True
        return True


def _first_failure(items: list[pytest.Item], mutant: Mutant | None) -> int | None:
    """Return the position of the first test that fails in a process of its own; None if none does."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            found = _run(items, mutant)
        except BaseException:  # the change broke even the running: that was noticed
            found = 0
        os.write(writing, str(-1 if found is None else found).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        answer = stream.read()
    os.waitpid(child, 0)
    position = int(answer or 0)
    return None if position < 0 else position


def _run(items: list[pytest.Item], mutant: Mutant | None) -> int | None:
    if mutant is not None:
        mutant.apply()
    for position, item in enumerate(items):
        if any(outcome.failed for outcome in runtestprotocol(item, log=False, nextitem=None)):
            return position
    return None


def report(mutants: list[Mutant], survivors: list[Mutant]) -> list[str]:
    """Return a table of what was noticed, by file."""
    total, alive = Counter(m.file for m in mutants), Counter(m.file for m in survivors)
    rows = [
        f"| `{name}` | {count} | {1 - alive[name] / count:.1%} |" for name, count in sorted(total.items())
    ]
    share = 1 - len(survivors) / max(1, len(mutants))
    return [
        "## Every number changed by 1 %",
        "",
        "Share of the changes that at least one test notices (zeros, positions and axes are left alone).",
        "",
        "| file | numbers | noticed |",
        "|---|---|---|",
        *rows,
        f"| all | {len(mutants)} | {share:.1%} |",
    ]


def all_mutants(library: Library) -> list[Mutant]:
    """Return every change: of tables, defaults, factors, fuels, plausible limits, frameworks and methods."""
    return [
        *_tables(library),
        *_defaults(library),
        *_factors(library),
        *_fuels(library),
        *_plausible(library),
        *_frameworks(),
        *(m for module in _modules() for m in _constants(module)),
    ]


def _set(target: object, name: str, value: float) -> Callable[[], None]:
    return lambda: object.__setattr__(target, name, value * CHANGE)


def _tables(library: Library) -> Iterator[Mutant]:
    """Yield changes of the tables that stand in packs; those laid out from factors change with these."""
    texts = [path.read_text(encoding="utf-8") for path in (DATA / "reference/parameters").glob("*.yaml")]
    for table in library.parameters.values():
        if not any(f'"{table.id}"' in text for text in texts):
            continue
        for row in table.values:
            for name in ("value", "low", "high"):
                if number := getattr(row, name):
                    yield Mutant(
                        f"parameters {table.id.rpartition('.')[0]}",
                        f"{table.id} {dict(row.at)} {name} {number}",
                        _set(row, name, number),
                    )


def _defaults(library: Library) -> Iterator[Mutant]:
    for method in library.methods.values():
        for entry in method.inputs.values():
            number = entry.default.value if entry.default else None
            if isinstance(number, int | float) and number:
                where = f"{method.id} {entry.name} default {number}"
                yield Mutant("defaults of methods", where, _set(entry.default, "value", number))


def _factors(library: Library) -> Iterator[Mutant]:
    for factor in library.factors.all.values():
        if not factor.id.startswith(USED):
            continue
        for gas, held in factor.gases.items():
            for name in ("value", "low", "high"):
                if number := getattr(held, name):
                    where = f"{factor.id} {gas} {name} {number}"
                    file = f"factors {factor.id.partition(':')[0]}"
                    yield Mutant(file, where, _set_gas(factor, gas, name, number * CHANGE))


def _fuels(library: Library) -> Iterator[Mutant]:
    for fuel in library.fuels.values():
        for name in ("ncv", "density", "gross_to_net"):
            if (held := getattr(fuel, name)) is not None:
                yield Mutant("fuels", f"{fuel.id} {name} {held.value}", _set(held, "value", held.value))


def _plausible(library: Library) -> Iterator[Mutant]:
    """Yield changes of the limits beyond which a figure is asked about."""
    for subject in library.plausible.subjects.values():
        limits = ((subject, "low"), (subject, "high"), (subject.change, "value"))
        for holder, name in (*limits, (subject.peers, "below"), (subject.peers, "above")):
            if holder is not None and (number := getattr(holder, name)):
                where = f"{subject.id} {name} {number}"
                yield Mutant("plausible limits", where, _set(holder, name, number))


def _frameworks() -> Iterator[Mutant]:
    for key, framework in frameworks().items():
        for where, change in numbers_of(framework):
            yield Mutant(f"frameworks {key}", f"{key} {where}", change)


def _set_gas(factor: Factor, gas: str, name: str, value: float) -> Callable[[], None]:
    changed = {**factor.gases, gas: factor.gases[gas]._replace(**{name: value})}
    return lambda: object.__setattr__(factor, "gases", changed)


def _modules() -> list[ModuleType]:
    implementations()
    return [
        module
        for name, module in sorted(sys.modules.items())
        if name.startswith(THEMES) and name.count(".") > THEMES.count(".") and module.__file__
    ]


def _constants(module: ModuleType) -> Iterator[Mutant]:
    path = Path(str(module.__file__))
    count = len(_numbers(ast.parse(path.read_text(encoding="utf-8"))))
    for position in range(count):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        node = _numbers(tree)[position]
        where = f"line {node.lineno}: {node.value}"
        yield Mutant(f"methods {path.name}", where, lambda p=position: _replace(module, path, p))


def _numbers(tree: ast.AST) -> list[ast.Constant]:
    """Return the numbers that are quantities: no zero, no position in a list, no axis."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            skipped.update(id(part) for part in ast.walk(node.slice))
        if isinstance(node, ast.keyword) and node.arg in AXES:
            skipped.update(id(part) for part in ast.walk(node.value))
        if isinstance(node, ast.Compare) and any(
            isinstance(part, ast.Attribute) and part.attr in AXES for part in ast.walk(node)
        ):
            skipped.update(id(part) for part in ast.walk(node))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value
        and id(node) not in skipped
    ]


def _replace(module: ModuleType, path: Path, position: int) -> None:
    """Put the functions and constants of the changed source in place of those of the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node = _numbers(tree)[position]
    node.value = node.value * CHANGE
    fresh: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(tree, str(path), "exec"), fresh)
    for name, old in list(vars(module).items()):
        new = fresh.get(name)
        if isinstance(old, FunctionType) and old.__module__ == module.__name__:
            for part in ("__code__", "__defaults__", "__kwdefaults__"):
                setattr(old, part, getattr(new, part))
        elif isinstance(old, type) and old.__module__ == module.__name__:
            for key, value in vars(old).items():
                if isinstance(value, FunctionType) and key in vars(new):
                    value.__code__ = vars(new)[key].__code__
        elif not isinstance(old, ModuleType | type | FunctionType) and not name.startswith("__"):
            _everywhere(name, old, new)


def _everywhere(name: str, old: object, new: object) -> None:
    """Put a constant in place of the old one, also where another module imported it."""
    for other in list(sys.modules.values()):
        if other is not None and vars(other).get(name) is old and other.__name__.startswith("localaction."):
            setattr(other, name, new)
