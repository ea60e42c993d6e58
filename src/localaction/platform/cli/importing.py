"""What ``localaction import`` does, by the same services as the browser, and how it says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from localaction.platform.accounts.queries import people_by_id
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.cli.errors import FileNotThere
from localaction.platform.cli.terminal import DONE, REFUSED, complain, say
from localaction.platform.imports import queries, services
from localaction.platform.inventories.queries import inventory_for

LISTED = 500
SHOWN = 20


def bring(
    path: Path,
    importer: str,
    options: Mapping[str, Any],
    *,
    at: tuple[str, int] | None,
    dry_run: bool,
    form: str,
) -> int:
    """Bring a file in; with ``dry_run`` only say what it would do."""
    inventory = inventory_for(OPERATOR, *at) if at else None
    try:
        stream = path.open("rb")
    except OSError as error:
        raise FileNotThere(path=str(path), why=error.strerror or "it cannot be opened") from None
    with stream:
        record = services.receive(
            actor=OPERATOR,
            importer_id=importer,
            name=path.name,
            stream=stream,
            inventory=inventory,
            options=options,
            inline=True,
        )
    if record.status == "ready" and dry_run:
        record = services.stop(actor=OPERATOR, record=record)
    elif record.status == "ready":
        record = services.request_apply(actor=OPERATOR, record=record, inline=True)
    return _show(record, form, dry_run=dry_run)


def listing(form: str) -> int:
    """List what was brought in, newest first."""
    records = queries.imports_for(OPERATOR, LISTED)
    if form == "json":
        say(json.dumps([_head(record) for record in records], indent=2))
        return DONE
    if not records:
        say("Nothing was imported yet. `localaction import --help` says how to bring a file in.")
    for record in records:
        when = f"{record.created_at:%Y-%m-%d %H:%M}"
        say(f"{_short(record)}  {when}  {record.status:<9} {_about(record)}")
    return DONE


def report(public_id: str, form: str) -> int:
    """Say what an import found and did."""
    return _show(queries.import_starting(OPERATOR, public_id), form)


def undo(public_id: str, form: str) -> int:
    """Take back what an import did."""
    record = queries.import_starting(OPERATOR, public_id)
    record = services.request_undo(actor=OPERATOR, record=record, inline=True)
    if form == "json":
        return _show(record, form)
    say(f"Undone: {_about(record)}. Everything is as it was before; the file is kept as evidence.")
    return DONE


def _show(record: Any, form: str, *, dry_run: bool = False) -> int:
    failed = record.status in {"refused", "mapping"}
    if form == "json":
        say(json.dumps(_whole(record), indent=2, ensure_ascii=False))
        return REFUSED if failed else DONE
    say(f"{_about(record)}: {'checked, nothing was changed' if dry_run and not failed else record.status}")
    if record.status == "mapping":
        _columns(record)
    _counts(record.summary)
    _exceptions(record.summary)
    _irregular(record.summary)
    _edited(record.summary)
    _findings(record)
    say(f"`localaction import report {_short(record)}` shows this again.")
    return REFUSED if failed else DONE


def _columns(record: Any) -> None:
    for column, chosen in zip(record.table["columns"], record.mapping["columns"], strict=True):
        say(f"  {column['header']:<32} -> {chosen['target'] or '(unread)':<20} {column['reason']}")
    complain(
        "localaction: the columns of this file have names of their own; somebody has to say which is which.\n"
        f"Open /desk/imports/{record.public_id}/mapping/ in the browser, save the mapping under a name, and "
        "give that name with --mapping."
    )


def _counts(summary: Mapping[str, Any]) -> None:
    for kind, count in summary.get("counts", {}).items():
        words = ", ".join(
            f"{count[name]:,} {name}" for name in ("created", "changed", "removed", "unchanged")
        )
        say(f"  {kind:<13}{words}")


def _exceptions(summary: Mapping[str, Any]) -> None:
    compared, exceptions = summary.get("compared", 0), summary.get("exceptions", [])
    if not compared:
        return
    count = summary.get("exceptions_count", len(exceptions))
    say(
        f"  {compared - count:,} of {compared:,} totals of the file equal the sums of their lines within 1 t."
    )
    for held in exceptions:
        difference = held["lines_t"] - held["file_t"]
        say(
            f"  {held['name']} {held['total']}: the file says {held['file_t']:,.0f} t, its lines add up to "
            f"{held['lines_t']:,.0f} t ({difference:+,.0f} t)"
        )


def _irregular(summary: Mapping[str, Any]) -> None:
    cells = summary.get("irregular", [])
    for held in cells[:SHOWN]:
        where = f"row {held['row']} {held['column']} {held['about']}"
        say(f'  {where}: "{held["raw"]}" read as "{held["read_as"]}"')
    if (more := summary.get("irregular_count", 0) - SHOWN) > 0:
        say(f"  and {more} more untidy cells")


def _edited(summary: Mapping[str, Any]) -> None:
    held = summary.get("edited", [])
    people = people_by_id({pk for each in held for pk, _rows in each["by"] if pk is not None})
    for each in held:
        by = ", ".join(
            f"{people[pk].display_name if pk in people else 'operator'} {rows}" for pk, rows in each["by"]
        )
        became = "replaced" if each["replaced"] else "left as they are"
        say(f"  {each['name']}: {each['rows']} rows changed by hand, {became} ({by})")


def _findings(record: Any) -> None:
    for held in record.findings[:SHOWN]:
        where = f"row {held['row']}: " if held["row"] is not None else ""
        line = f"{held['severity']}: {where}{held['message']} {held['remedy']}".strip()
        (complain if held["severity"] == "error" else say)(f"  {line}")
    if (more := len(record.findings) + record.findings_more - SHOWN) > 0:
        say(f"  and {more} more; --format json lists them")


def _short(record: Any) -> str:
    return str(record.public_id)[:8]


def _about(record: Any) -> str:
    if record.inventory is None:
        return f"{record.name} ({record.importer})"
    return f"{record.name} for {record.inventory.place.code} {record.inventory.label_year}"


def _head(record: Any) -> dict[str, Any]:
    inventory = record.inventory
    return {
        "id": str(record.public_id),
        "importer": record.importer,
        "file": record.name,
        "sha256": record.sha256,
        "place": inventory.place.code if inventory else None,
        "year": inventory.label_year if inventory else None,
        "status": record.status,
        "created_at": record.created_at.isoformat(timespec="seconds"),
        "counts": record.summary.get("counts", {}),
    }


def _whole(record: Any) -> dict[str, Any]:
    kept = {
        name: record.summary.get(name)
        for name in ("totals", "compared", "exceptions", "irregular", "cells", "edited")
    }
    return {
        **_head(record),
        **{name: value for name, value in kept.items() if value is not None},
        "mapping": record.mapping or None,
        "findings": record.findings,
        "findings_more": record.findings_more,
    }
