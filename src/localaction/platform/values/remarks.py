"""Remarks that stay with a figure: that it fits what a framework asks, and why it is as odd as it looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.values.errors import ExplanationNeeded, NotAnAnswer, UnknownCheck
from localaction.platform.values.kinds import LONGEST_TEXT
from localaction.platform.values.models import Remark, Value
from localaction.platform.values.services import check_unchanged

FITS: Final = Remark.Kind.FITS.value
EXPLAINS: Final = Remark.Kind.EXPLAINS.value
LONGEST: Final = 200  # characters of what a remark is about


@dataclass(frozen=True, slots=True)
class Said:
    """A remark that holds: its words, who said so and when."""

    text: str
    who: str
    when: datetime


@transaction.atomic
def confirm_fit(*, actor: Actor, value: Value, framework: str, seen: int, holds: bool = True) -> None:
    """Say that a figure is what a framework asks, though its definition is another; or take that back.

    Parameters
    ----------
    actor, value
        Who says it of which figure.
    framework : str
        Its id and edition, whose definition it is.
    holds : bool
        False takes it back.
    seen : int
        Id of the revision that was looked at; another one is not confirmed unseen.

    Raises
    ------
    NotAllowed, EditConflict
    """
    _remark(actor, value, FITS, framework, "", seen, holds=holds)


@transaction.atomic
def explain(*, actor: Actor, value: Value, check: str, text: str, seen: int) -> None:
    """Answer what a check found odd about a figure; the explanation stays with this revision of it.

    Raises
    ------
    NotAllowed, EditConflict, ExplanationNeeded, UnknownCheck
    """
    text = text.replace("\x00", "").strip()
    if not text:
        raise ExplanationNeeded
    if len(text) > LONGEST_TEXT:
        raise NotAnAnswer("The explanation", f"{len(text)} characters long", f"at most {LONGEST_TEXT}")
    plausible = Library.load().plausible
    subject, _colon, kind = check.partition(":")
    if (
        not kind.isidentifier()
        or len(check) > LONGEST
        or subject not in {*plausible.subjects, *plausible.rules}
    ):
        raise UnknownCheck(check)
    _remark(actor, value, EXPLAINS, check, text, seen, holds=True)


def remarks_on(revision_ids: Iterable[int]) -> Mapping[int, dict[tuple[str, str], Said]]:
    """Return the remarks that hold on revisions the caller may see, by kind and subject; one query."""
    found: dict[int, dict[tuple[str, str], Said]] = {}
    rows = Remark.objects.filter(revision__in=list(revision_ids)).select_related("author").order_by("pk")
    for row in rows:
        here = found.setdefault(row.revision_id, {})
        about = (row.kind, row.about)
        here.pop(about, None)
        if row.holds:
            who = row.author.display_name if row.author else "The operator"
            here[about] = Said(row.text, who, row.recorded_at)
    return found


def _remark(actor: Actor, value: Value, kind: str, about: str, text: str, seen: int, *, holds: bool) -> None:
    require(actor, "value.edit", value.place.scope_id)
    check_unchanged(value, seen)
    Remark.objects.create(
        revision_id=seen, kind=kind, about=about, text=text, holds=holds, author=user_of(actor)
    )
    record(
        "values.figure.remarked",
        actor=actor,
        target=value,
        scope=value.place.scope,
        after={"kind": kind, "about": about, "text": text, "holds": holds},
    )
