"""Words of plans in the reader's language: choices, money, days, and what a target covers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from localaction.engine.packs.planning import PlanWords
from localaction.platform.planning.kinds import Field
from localaction.platform.planning.reading import choices_of, money_text
from localaction.platform.web import numbers
from localaction.platform.web.rulebook import library
from localaction.platform.web.templatetags.web import day

TONES = {"done": "on", "dropped": "", "running": "", "open": ""}


def label(list_id: str, choice_id: str) -> str:
    """Return the label of a choice; empty where none is chosen."""
    return _(PlanWords.load().label(list_id, choice_id)) if choice_id else ""


def labels(list_id: str, choice_ids: list[str]) -> list[str]:
    """Return the labels of several choices."""
    return [label(list_id, each) for each in choice_ids]


def status_tone(status: str) -> str:
    """Return the tone of the badge of a status."""
    found = PlanWords.load().choice("action_status", status)
    return TONES.get(found.state, "") if found else ""


def theme_of(sector: str) -> str:
    """Return the sector of the inventory whose colour a sector of actions has."""
    found = PlanWords.load().choice("sector", sector)
    return found.theme if found else ""


def money(minor: int | None, currency: str) -> str:
    """Return an amount of money: ``EUR 1,250,000``; empty where there is none."""
    if minor is None:
        return ""
    digits = PlanWords.load().currencies.get(currency, 0)
    whole = minor % 10**digits == 0
    return f"{currency} {numbers.number(Decimal(minor).scaleb(-digits), 0 if whole else digits)}"


def money_exact(minor: int | None, currency: str) -> str:
    """Return an amount of money in plain digits, for files."""
    return money_text(minor, currency)


def span(start: date | None, end: date | None) -> str:
    """Return first and last day: ``1 Jan 2020 to 31 Dec 2024``, ``from 1 Jan 2020``."""
    if start and end:
        return _("%(start)s to %(end)s") % {"start": day(start), "end": day(end)}
    if start:
        return _("from %(start)s") % {"start": day(start)}
    return _("until %(end)s") % {"end": day(end)} if end else ""


def total_label(total: str) -> str:
    """Return the label of a total of the accounting protocol."""
    return next((held.label for held in library().protocol.totals if held.id == total), total)


def shown(field: Field, written: object) -> str:
    """Return what is written in a field, as people read it: labels instead of ids, days in words."""
    if written in (None, "", [], False):
        return ""
    if field.form in {"choice", "choices"}:
        offered = choices_of(field)
        chosen = written if isinstance(written, list) else [written]
        return "; ".join(_(offered.get(str(each), str(each))) for each in chosen)
    if field.form == "day":
        return day(str(written))
    if field.form == "yes_no":
        return _("yes")
    if field.form == "number":
        figure = numbers.readable(float(str(written)), 15)
        return f"{figure} {field.unit}".strip()
    return str(written)


def covers(target: Any) -> str:
    """Return what a target covers in one line: total, sectors, gases."""
    parts = [total_label(target.total)]
    if target.sectors:
        sectors = {sector.id: sector.label for sector in library().protocol.sectors}
        parts.append(", ".join(sectors.get(each, each) for each in target.sectors))
    if target.gases:
        parts.append(", ".join(target.gases))
    return "; ".join(parts)
