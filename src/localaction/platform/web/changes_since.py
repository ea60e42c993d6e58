"""How the chosen total changed since the inventory before, and grid energy on both bases, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from localaction.engine.inventory.trend import NoTrend, trend
from localaction.platform.web import numbers
from localaction.platform.web.records import Record
from localaction.platform.web.rulebook import gas_label, library


@dataclass(frozen=True)
class Since:
    """The change since an earlier inventory: a headline, what to know about it, and its method."""

    headline: str
    lines: tuple[str, ...]
    method: str
    address: str
    year: int


def since(record: Record, earlier: Record | None, total: str) -> Since | None:
    """Return the change between two inventories of a place; None without an earlier one."""
    if earlier is None:
        return None
    words = {"total": total, "year": earlier.year}
    try:
        found = trend(earlier.result, record.result, total, library().protocol)
    except NoTrend as error:
        headline = _("No change since %(year)s can be given for %(total)s.") % words
        return Since(headline, (error.message, error.remedy), "", earlier.address, earlier.year)
    span = {
        "change": signed(found.change_percent),
        "low": signed(found.low_percent),
        "high": signed(found.high_percent),
    }
    text = _("%(total)s changed by %(change)s (between %(low)s and %(high)s) since %(year)s.")
    lines = []
    if found.spans_zero:
        lines.append(_("Zero lies in that interval: it is not sure that anything changed."))
    if found.partial:
        gases = ", ".join(gas_label(gas) for gas in found.partial)
        lines.append(_("Partial: no warming potential for %(gases)s in this set.") % {"gases": gases})
    method = _(
        "Error propagation, IPCC approach 1 for trends: errors of factors the same in both years, errors of "
        "amounts independent; 95 % interval."
    )
    return Since(text % (words | span), tuple(lines), method, earlier.address, earlier.year)


def signed(percent: float) -> str:
    """Return a change in percent with its sign."""
    sign = "+" if percent > 0 else ""
    return f"{sign}{numbers.percent(percent / 100, 1 if abs(percent) < 10 else 0)}"


def both_bases(record: Record) -> tuple[str, ...]:
    """Return grid energy on both bases in sentences; empty without a market-based row."""
    held = record.result.get("market")
    if not held:
        return ()
    words = {
        "market": numbers.tonnes(held["market"]["co2e_t"]),
        "location": numbers.tonnes(held["location"]["co2e_t"]),
    }
    text = _(
        "Grid energy: %(location)s t CO2e location-based, in the totals; %(market)s t CO2e market-based, "
        "beside them and in none."
    )
    share = held.get("coverage")
    if share is None:
        covered = _("How much of the energy the market-based rows cover is not known.")
    else:
        words |= {"share": numbers.percent(share)}
        covered = _("The market-based rows cover %(share)s of the energy.") % words
    return (text % words, covered)
