"""Begin a new edition from the one before: a copy, and a mapping that says nothing changed yet."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

from localaction.engine.errors import InputError
from localaction.engine.packs.frameworks import Framework, Indicator
from localaction.engine.packs.starter import NAME, BadName, FolderTaken

HEAD = """\
# What became of each indicator of {old}: same, renamed, changed, merged, split, dropped or new.
# Everything stands as unverified until you have compared the two documents.
from: "{old}"
confidence: unverified
source: {{ref: {ref}, locator: {locator}}}
last_checked: "{day}"
changes:
"""


class OtherFramework(InputError):
    """A new edition is begun from another framework."""

    code = "packs.other_framework"
    text = '"{name}" is no edition of {framework}.'
    remedy_text = "Write {framework}/ and the new edition."


def begin_edition(name: str, older: Framework, folder: Path, into: Path, day: date) -> str:
    """Copy an edition to ``into/id/edition`` under its new name, with a mapping, and say what to do next.

    ``name`` is ``id/edition`` of the new edition, ``older`` the edition before, which is in ``folder``, and
    ``day`` the one on which it is begun.

    Raises
    ------
    BadName, OtherFramework, FolderTaken
        Nothing is written then.
    """
    if not NAME.fullmatch(name):
        raise BadName(name=name)
    framework, _, edition = name.partition("/")
    if framework != older.id or edition == older.edition:
        raise OtherFramework(name=name, framework=older.id)
    target = into / framework / edition
    if target.exists():
        raise FolderTaken(folder=str(target))
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("from"))
    pack = target / "pack.yaml"
    pack.write_text(_renamed(pack.read_text(encoding="utf-8"), edition, day), encoding="utf-8")
    (target / "from").mkdir()
    (target / "from" / f"{older.edition}.yaml").write_text(_mapping(older, day), encoding="utf-8")
    return (
        f"{target} is a copy of {older.key} that loads.\n"
        f"Next: change it and its from/{older.edition}.yaml, then localaction pack check {target}"
    )


def _renamed(pack: str, edition: str, day: date) -> str:
    pack = re.sub(r"(?m)^edition:.*$", f'edition: "{edition}"', pack, count=1)
    return re.sub(r"(?m)^last_checked:.*$", f'last_checked: "{day.isoformat()}"', pack, count=1)


def _mapping(older: Framework, day: date) -> str:
    head = HEAD.format(
        old=older.edition,
        ref=older.source.ref,
        locator=json.dumps(older.source.locator, ensure_ascii=False),
        day=day.isoformat(),
    )
    return head + "".join(_same(indicator) for indicator in older.indicators.values())


def _same(indicator: Indicator) -> str:
    scored = indicator.scoring is not None and indicator.scoring.confidence != "unverified"
    compares = "value_and_score" if scored else "value"
    name = json.dumps(indicator.id)
    return f"  - {{is: same, old: [{name}], new: [{name}], compares: {compares}, confidence: unverified}}\n"
