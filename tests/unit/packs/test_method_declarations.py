"""A declaration or a table that does not fit together is refused with file, line, key and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from localaction.engine.packs.reader import read_packs
from localaction.engine.yamlpack import PackError
from localaction.packs import DATA

METHOD, TABLES = "methods/ghg/composting.yaml", "reference/parameters/ipcc_biological.yaml"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return a copy of the packs of which one line may be changed."""
    return Path(
        shutil.copytree(DATA, tmp_path / "packs", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    )


def refusal(packs: Path, name: str, old: str, new: str) -> str:
    path = packs / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_packs(packs)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (METHOD, "cells: [III.2.1,", "cells: [III.21,", 'there is no cell "III.21". Did you mean "III.2.1"'),
        (METHOD, "    unit: t\n", "", "mass is a number and has no unit."),
        (METHOD, "    unit: t\n", "    unit: tonns\n", 'There is no unit "tonns".'),
        (METHOD, "    min: 0\n", "", "mass is a number and has no range."),
        (METHOD, "shape: [stream]", "shape: [steam]", 'there is no dimension "steam". Did you mean '),
        (METHOD, "species: N2O", "species: N20", 'there is no gas "N20". Did you mean "N2O"'),
        (METHOD, "by: {basis: basis}", "by: {basis: bais}", 'there is no input or dimension "bais".'),
        (METHOD, "by: {basis: basis}", "by: {bass: basis}", "has the keys basis, not bass."),
        (METHOD, "by: {basis: basis}", "by: {basis: mass}", "mass is a number, by which nothing"),
        (METHOD, "    unit: g/kg", "    unit: GJ/kg", "measures mass, but energy is needed here."),
        (METHOD, "composting.ch4\", by", "compost.ch4\", by", "there is no parameter table"),
        (METHOD, "inputs: {mass:", "inputs: {mas:", 'there is no input "mas". Did you mean "mass"?'),
        (METHOD, "ref: ipcc-2006-vol5", "ref: ipcc-2006-vol6", 'there is no source "ipcc-2006-vol6".'),
        (TABLES, "at: {basis: wet}", "at: {basis: wett}", 'there is no entry of basis "wett".'),
        (TABLES, "at: {basis: dry}", "at: {basis: wet}", "is used twice."),
        (TABLES, "value: 4,", "value: 40,", "40 does not lie between 0.03 and 8."),
        (TABLES, "unit: g/kg", "unit: g/kilo", 'There is no unit "kilo".'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_line(packs, name, old, new, message) -> None:
    found = refusal(packs, name, old, new)
    assert message in found
    assert f"{Path(name).name}:" in found
