"""Who checked a published report, in words: taken from the document itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Checked:
    """The statement on a report, or that there is none; and when it was returned before."""

    verified: bool
    title: str
    text: str
    statement: str = ""
    signed_as: str = ""
    signed_at: datetime | None = None
    sample: str = ""
    seed: str = ""
    differing: Sequence[tuple[str, str]] = ()
    returned: Sequence[tuple[datetime, str]] = ()


def checked(document: Mapping[str, Any]) -> Checked:
    """Return what a published document says of its verification."""
    submission = document.get("submission") or {}
    returned = tuple(
        (datetime.fromisoformat(each["returned_at"]), each["reasons"])
        for each in submission.get("returned", ())
    )
    statement = submission.get("verification")
    if statement is None:
        text = _("The place reports these figures itself; nobody independent has checked them.")
        if document.get("origin") == "published_source":
            text = _("These figures come from a published source; nobody checked them on this site.")
        return Checked(False, _("Not verified, self-reported"), text, returned=returned)
    return _statement(statement, returned)


def _statement(said: Mapping[str, Any], returned: Sequence[tuple[datetime, str]]) -> Checked:
    levels = {"limited": _("limited assurance"), "reasonable": _("reasonable assurance")}
    opinions = {"unmodified": _("without reservation"), "qualified": _("with reservations")}
    lines = said["sample"]["lines"]
    count = ngettext(
        "%(count)d line was compared with its evidence,",
        "%(count)d lines were compared with their evidence,",
        len(lines),
    ) % {"count": len(lines)}  # fmt: skip
    asked = ngettext("%(count)d query was asked.", "%(count)d queries were asked.", said["queries"])
    words = {"level": levels[said["level"]], "opinion": opinions[said["opinion"]]}
    return Checked(
        True,
        _("Verified: %(level)s, %(opinion)s") % words,
        "",
        statement=said["statement"],
        signed_as=said["signed_as"],
        signed_at=datetime.fromisoformat(said["signed_at"]),
        sample=f"{count} {asked % {'count': said['queries']}}",
        seed=said["sample"]["seed"],
        differing=[(line["key"], line["note"]) for line in lines if line["found"] == "differs"],
        returned=returned,
    )
