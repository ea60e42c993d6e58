"""The quick answer to "does it fit the schema" is the library's own, on pack files and on broken ones."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from localaction.engine.schemafit import fitting
from localaction.engine.yamlpack import parse
from localaction.packs import DATA

FILES = {
    "items": "items/nature.yaml",
    "framework": "frameworks/gcom_crf/6.1/pack.yaml",
    "framework-cases": "frameworks/gcom_crf/6.1/cases/cases.yaml",
    "framework-mapping": "frameworks/singapore_index/2021/from/2014.yaml",
    "method": "methods/ghg/composting.yaml",
    "protocol": "accounting/gpc/1.1/cells.yaml",
    "source": "sources/gpc-1.1.yaml",
    "units": "reference/units.yaml",
    "gwp": "reference/gwp.yaml",
    "parameters": "reference/parameters/waste_landfill.yaml",
}
SCHEMAS = {
    kind: json.loads((DATA / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")) for kind in FILES
}
FITS = {kind: fitting(schema) for kind, schema in SCHEMAS.items()}
VALID = {kind: Draft202012Validator(schema).is_valid for kind, schema in SCHEMAS.items()}
DATA_OF = {kind: parse(Path(DATA / name)).data for kind, name in FILES.items()}
ODD = st.sampled_from(
    [None, True, False, 0, 1, 1.0, -1, 0.5, "", "a", "NO", "2026-11-21", [], ["a"], {}, {"a": 1}]
)


def places(value, place=()):
    """Return every place of plain data."""
    found = [place]
    if isinstance(value, dict):
        found += [inner for key, held in value.items() for inner in places(held, (*place, key))]
    elif isinstance(value, list):
        found += [inner for n, held in enumerate(value) for inner in places(held, (*place, n))]
    return found


PLACES = {kind: places(data)[1:] for kind, data in DATA_OF.items()}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_on_file_fits_without_asking_the_library(kind: str) -> None:
    assert VALID[kind](DATA_OF[kind])
    assert FITS[kind](DATA_OF[kind])


@pytest.mark.parametrize("kind", FILES)
@settings(deadline=None)
@given(data=st.data())
def test_no_broken_file_passes_that_the_library_refuses(kind: str, data) -> None:
    place = data.draw(st.sampled_from(PLACES[kind]))
    broken = copy.deepcopy(DATA_OF[kind])
    held = broken
    for step in place[:-1]:
        held = held[step]
    what = data.draw(st.sampled_from(["replace", "remove", "add"]))
    if what == "remove":
        del held[place[-1]]
    elif what == "add" and isinstance(held[place[-1]], dict):
        held[place[-1]]["unheard_of"] = data.draw(ODD)
    else:
        held[place[-1]] = data.draw(ODD)
    assert VALID[kind](broken) or not FITS[kind](broken), (
        "a yes means valid; the rest is asked of the library"
    )


def test_a_word_unknown_here_is_left_to_the_library() -> None:
    assert not fitting({"oneOf": [{"type": "string"}]})("a")
    assert not fitting({"type": "object", "properties": {"a": {"not": {}}}})({"a": 1})
    assert not fitting(False)(1)
    assert not fitting({"enum": [1]})(True)
    assert fitting({"enum": ["a", None], "title": "a or nothing"})(None)
