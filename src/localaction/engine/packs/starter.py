"""Begin a framework: a folder with a small one that loads and scores, its case and answers, to be changed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from localaction.engine.errors import InputError

PACK = """\
# A framework to change. `localaction pack check` says what does not fit, with the line.
id: {id}
edition: "{edition}"
title: "A framework of ours"
publisher: "Who publishes it"
licence: "Facts, cited"
summary: "What it asks, in one sentence."
source: {{ref: gpc-1.1, locator: "replace: the document and the page"}}   # a file in packs/sources/
confidence: unverified          # verified once you have compared it with the document
last_checked: "{day}"
sections:
  - {{id: people, label: "People and space"}}
indicators:
  - id: "1"
    section: people
    label: "Density"
    unit: person/km2            # conversions are put in by themselves
    formula: population.total / area.total
    round: 0
    range: {{min: 0, max: 100000}}
    direction: up
    scoring:
      bands: [{{below: 1000, score: 0}}, {{below: 5000, score: 1}}, {{score: 2}}]
      confidence: secondary     # an unverified scoring shows the value and gives no score
      source: {{ref: gpc-1.1, locator: "replace"}}
totals:
  - {{id: total, label: "Total", rule: sum, of: score, over: [people]}}
"""
CASES = """\
cases:
  - id: dense
    title: "600,000 people on 100 km2"
    source: {{ref: gpc-1.1, locator: "replace: where the case is printed"}}
    answers: {{population.total: 600000, area.total: 100}}
    expected: {{values: {{"1": 6000}}, scores: {{"1": 2}}, totals: {{total: 2}}}}
"""
ANSWERS = """\
{"population.total": 300000, "area.total": 100}
"""
NAME = re.compile(r"[a-z][a-z0-9_]*/[A-Za-z0-9.-]+")


class BadName(InputError):
    """A framework cannot be named so."""

    code = "packs.bad_name"
    text = '"{name}" cannot name a framework.'
    remedy_text = "Write id/edition, such as our_index/2026: small letters, digits and underscores."


class FolderTaken(InputError):
    """There is something in the folder already."""

    code = "packs.folder_taken"
    text = "{folder} is there already."
    remedy_text = "Choose another folder or another name; nothing was written."


def begin(name: str, into: Path, day: date) -> str:
    """Write a small framework that loads into ``into/id/edition``, and return in words what to do next.

    ``day`` is the day on which it is begun, which the pack says of itself.

    Raises
    ------
    BadName, FolderTaken
        Nothing is written then.
    """
    if not NAME.fullmatch(name):
        raise BadName(name=name)
    framework, _, edition = name.partition("/")
    folder = into / framework / edition
    if folder.exists():
        raise FolderTaken(folder=str(folder))
    (folder / "cases").mkdir(parents=True)
    pack = PACK.format(id=framework, edition=edition, day=day.isoformat())
    (folder / "pack.yaml").write_text(pack, encoding="utf-8")
    (folder / "cases" / "cases.yaml").write_text(CASES.format(), encoding="utf-8")
    (folder / "answers.json").write_text(ANSWERS, encoding="utf-8")
    score = f"localaction pack score {folder} --answers {folder / 'answers.json'} --as-of {day.isoformat()}"
    check = f"localaction pack check {folder}"
    return f"{folder} has a framework that loads.\nNext: change it, then {check}\nThen: {score}"
