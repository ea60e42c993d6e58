"""What figures of places are compared with: ranges made anew out of public figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from localaction.engine.evaluation.peers import PeerFigures, compared_with_peers, peer_spreads
from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.frameworks.models import ReferenceRange
from localaction.platform.frameworks.queries import EVERYWHERE
from localaction.platform.values.kinds import answer_of
from localaction.platform.values.models import Value
from localaction.platform.values.queries import current_of, public_figures

BATCH = 500


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many ranges there are now, and of which years."""

    ranges: int
    years: tuple[int, ...]


def refresh_ranges(*, actor: Actor, year: int | None = None) -> Refreshed:
    """Put ranges made of what is public now in the place of those of one year, or of all.

    Figures are read once, in pieces and before the database is held; of a year only numbers are kept.

    Parameters
    ----------
    actor : User or Operator
        Needs the right ``release.publish`` in the network.
    year : int, optional
        Only the ranges of this label year; those of others stay as they are.

    Raises
    ------
    NotAllowed
    """
    require(actor, "release.publish", None)
    rows = list(_ranges(year))
    return _replaced(actor, year, rows)


@transaction.atomic
def _replaced(actor: Actor, year: int | None, rows: list[ReferenceRange]) -> Refreshed:
    before = ReferenceRange.objects.all() if year is None else ReferenceRange.objects.filter(year=year)
    gone, _by_model = before.delete()
    # Somebody else may refresh at the same time: the later one counts, and neither fails.
    ReferenceRange.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["subject", "year", "group"],
        update_fields=["low", "median", "high", "count", "computed_at"],
    )
    done = Refreshed(len(rows), tuple(sorted({row.year for row in rows})))
    record(
        "publication.ranges.refreshed",
        actor=actor,
        target=ReferenceRange(pk=0),  # all of them: no single one is meant
        before={"ranges": gone},
        after={"year": year, "ranges": done.ranges, "years": list(done.years)},
    )
    return done


def _ranges(year: int | None) -> Iterator[ReferenceRange]:
    declared, now = Library.load().plausible, timezone.now()
    items = sorted({item for subject in compared_with_peers(declared) for item in subject.items})
    figures = public_figures(items, year=year)
    for label_year, of_year in groupby(figures, key=lambda value: value.label_year):
        spreads = peer_spreads(declared, _places(of_year))
        for (subject, group), spread in sorted(spreads.items(), key=lambda each: each[0]):
            yield ReferenceRange(
                subject=subject,
                year=label_year,
                group=group,
                low=spread.low,
                median=spread.median,
                high=spread.high,
                count=spread.count,
                computed_at=now,
            )


def _places(figures: Iterator[Value]) -> Iterator[PeerFigures]:
    """Yield what each place says, from figures that come place by place."""
    items = Library.load().items
    for place, said in groupby(figures, key=lambda value: value.place):
        answers: dict[str, object] = {}
        for value in said:
            if value.item not in answers:
                answers[value.item] = answer_of(items[value.item], current_of(value))
        yield PeerFigures((EVERYWHERE, place.country_code), answers)
