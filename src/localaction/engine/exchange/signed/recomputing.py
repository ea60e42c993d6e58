"""The figures of a document computed anew from its own lines, by the rules that check a release."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from localaction.engine.exchange.release.building import Document, build
from localaction.engine.exchange.release.deviations import Deviation, Report
from localaction.engine.exchange.release.errors import UnknownProtocol
from localaction.engine.exchange.release.info import Info
from localaction.engine.exchange.release.verifying import verify
from localaction.engine.exchange.signed.errors import BrokenFile, FiguresDeviate
from localaction.engine.packs import Library

SHOWN = 5
Data = Mapping[str, Any]


def figures(document: Data) -> str:
    """Compute lines, cells and totals of an inventory anew; empty if the document is none.

    Raises ``FiguresDeviate``.
    """
    if not _is_inventory(document):
        return ""
    try:
        report = _recomputed(document)
    except UnknownProtocol as error:
        return f"not computed anew: {error.message}"
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"a figure or a member is missing or of another kind ({error})"
        raise BrokenFile(name="the document", kind="an inventory", why=why) from None
    if not report.sound:
        listed = "".join(f"\n       {_said(each)}" for each in report.deviations[:SHOWN])
        raise FiguresDeviate(count=len(report.deviations) + report.more, listed=listed)
    whence = "from its lines" if not report.without_lines else "from its cells (it publishes no lines)"
    return (
        f"computed anew {whence}: {report.lines} lines, {report.cells} cells and {report.totals} totals agree"
    )


def rule_book(document: Data) -> str:
    """Say whether this program has the same packs as those the document was computed with."""
    if not _is_inventory(document):
        return ""
    said = document["result"].get("library_digest", "")
    if said == Library.load().digest:
        return f"this program has the very rule book the document was computed with ({said[:12]})"
    return (
        f"the document was computed with another rule book ({str(said)[:12]}) than this program has; "
        "it carries every factor and warming potential it used, so that changes nothing here"
    )


def _is_inventory(document: Data) -> bool:
    result = document.get("result")
    return isinstance(result, Mapping) and str(result.get("schema", "")).startswith("localaction.inventory/")


def _recomputed(document: Data) -> Report:
    protocol = Library.load().protocol
    info = Info("check", date.fromisoformat(document["published_at"][:10]), "check")
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held) / "release"
        build(folder, info, [Document(document, "0" * 64)], (), {protocol.id: protocol})
        return verify(folder)


def _said(deviation: Deviation) -> str:
    return deviation.line.replace("the release says", "the document says")
