"""Own factors under the name of a set: ``set@edition:factor``; and factors from their plain records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from localaction.engine.errors import Finding, InputError, Refused
from localaction.engine.references.factors import WORLD, Factor, GasValue
from localaction.engine.references.packfactors import dated_id

PLAIN = re.compile(r"[^A-Za-z0-9_.-]+")
LONGEST_ID = 200


class TwoFactorsOneName(InputError):
    """Two factors of a table would have the same id within a set."""

    code = "references.two_factors_one_name"
    text = 'The factors "{first}" and "{second}" would both be "{name}" in the set.'
    remedy_text = "Give each a name of its own; what stands before the colon does not count."


class IdTooLong(InputError):
    """The id of a factor is longer than a row can hold."""

    code = "references.id_too_long"
    text = 'The factor "{factor}" has {length} characters with the name of its set; a row holds {limit}.'
    remedy_text = "Shorten its id in the table."


class FactorOfElsewhere(InputError):
    """A factor of an own set is for a place that has nothing to do with the set's."""

    code = "references.factor_of_elsewhere"
    text = "It is for {place}, which is neither {own} nor what it lies in."
    remedy_text = "It is used only when a row names it; leave the column place empty if it is for {own}."


def named(factors: Iterable[Factor], *, owner: str, edition: str, place: str) -> list[Factor]:
    """Return the factors of a table under the name of their set.

    What an id says before its colon is dropped, and signs that an address cannot hold become ``_``. A factor
    without a place is for the place that owns the set, not for the world.

    Raises
    ------
    Refused
        If two factors would have one name, or an id is too long.
    """
    found: dict[str, Factor] = {}
    from_id: dict[str, str] = {}
    findings: list[Finding] = []
    for factor in factors:
        stem = factor.id.removesuffix(f"/{factor.year}") if factor.year is not None else factor.id
        name = PLAIN.sub("_", stem.partition(":")[2] or stem)
        new = dated_id(f"{owner}@{edition}:{name}", factor.year)
        if new in found:
            error = TwoFactorsOneName(first=from_id[new], second=factor.id, name=name)
            findings.append(Finding.of(error, column="id", value=factor.id))
        if len(new) > LONGEST_ID:
            too_long = IdTooLong(factor=new, length=len(new), limit=LONGEST_ID)
            findings.append(Finding.of(too_long, column="id", value=factor.id))
        here = place if factor.place == WORLD else factor.place
        found[new] = replace(factor, id=new, label=stem, edition=edition, place=here)
        from_id[new] = factor.id
    if findings:
        raise Refused(findings)
    return list(found.values())


def factor_from(record: Mapping[str, Any]) -> Factor:
    """Return the factor of a plain record (`Factor.record`), as it was."""
    gases = {
        gas: GasValue(
            float(value["value"]),
            None if value["low"] is None else float(value["low"]),
            None if value["high"] is None else float(value["high"]),
            value["quality"],
        )
        for gas, value in record["gases"].items()
    }
    known = {name: record[name] for name in Factor.__dataclass_fields__ if name in record}
    return Factor(**{**known, "uses": tuple(record["uses"]), "gases": gases})


def waiting_for_a_pin(factors: Iterable[Factor]) -> list[Factor]:
    """Return factors so that the rule never takes them, only a row that names one."""
    return [replace(factor, automatic=False) for factor in factors]
