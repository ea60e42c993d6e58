"""The rule book as pages show it: protocol, factors, sources, potentials, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from localaction.engine.packs import Library


def library() -> Library:
    """Return the loaded rule book; read once per process."""
    return Library.load()


def said(label: Mapping[str, str] | str | None) -> str:
    """Return a text of a pack in the reader's language, or in English where it has no other."""
    if label is None:
        return ""
    if isinstance(label, str):
        return label
    code = (get_language() or "en").split("-")[0]
    return label.get(code) or label.get("en") or next(iter(label.values()), "")


def gas_label(gas: str) -> str:
    """Return a gas as pages name it: ``CH4, fossil``."""
    special = {
        "CO2_biogenic": _("CO2, biogenic"),
        "CH4_fossil": _("CH4, fossil"),
        "CH4_biogenic": _("CH4, biogenic"),
        "CO2E_UNSPLIT": _("CO2e, not split by gas"),
    }
    return special.get(gas, gas)
