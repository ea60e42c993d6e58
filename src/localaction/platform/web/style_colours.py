"""The colours of the style page: token, name, and contrast on the ground where text or a border uses it."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Swatch = tuple[str, Promise | str, str]

GROUND: Final[tuple[Swatch, ...]] = (
    ("ground", _("Ground"), ""),
    ("surface", _("Surface"), ""),
    ("sunken", _("Sunken"), ""),
    ("rule", _("Rule"), ""),
    ("rule-strong", _("Border"), "3.5"),
    ("ink", _("Ink"), "15.5"),
    ("ink-2", _("Ink 2"), "7.9"),
    ("ink-3", _("Ink 3"), "5.3"),
    ("accent", _("Accent"), "8.0"),
    ("accent-wash", _("Accent wash"), ""),
    ("signal", _("Signal"), "6.0"),
    ("signal-wash", _("Signal wash"), ""),
)
SECTORS: Final[tuple[Swatch, ...]] = (
    ("sector-stationary", _("Stationary energy"), ""),
    ("sector-transport", _("Transport"), ""),
    ("sector-waste", _("Waste"), ""),
    ("sector-industry", _("Industry"), ""),
    ("sector-land", _("Land use"), ""),
    ("sector-rest", _("All the rest"), ""),
)
SIZES: Final[tuple[Swatch, ...]] = tuple((f"size-{step}", str(step), "") for step in range(1, 6))
SEQUENCE: Final[tuple[Swatch, ...]] = tuple((f"seq-{step}", str(step), "") for step in range(1, 5))

SWATCHES: Final[tuple[tuple[Promise, tuple[Swatch, ...]], ...]] = (
    (_("Ground, ink, accent, signal"), GROUND),
    (_("Sectors, the same everywhere; each pair told apart with any colour vision"), SECTORS),
    (_("Size in the matrix"), SIZES),
    (_("A sequence for maps"), SEQUENCE),
)
