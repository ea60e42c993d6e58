"""The only writers of published documents."""

from __future__ import annotations

from localaction.platform.publication.listing import note_factors, said_in_lists
from localaction.platform.publication.publishing import publish, publish_report
from localaction.platform.reporting.inventory_subject import blocking, standing_in_the_way

__all__ = [
    "blocking",
    "note_factors",
    "publish",
    "publish_report",
    "said_in_lists",
    "standing_in_the_way",
]
