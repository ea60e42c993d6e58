"""Publishing a report: what was verified or, where the place may, what was only submitted."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from localaction.engine.inventory.compile import compile_inventory
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record
from localaction.platform.inventories.computing import figures_of
from localaction.platform.inventories.factor_queries import library_of
from localaction.platform.inventories.models import Inventory, Run
from localaction.platform.inventories.queries import options_of, raw_rows
from localaction.platform.inventories.services import mark_published
from localaction.platform.inventories.writing import take_turn
from localaction.platform.publication.document import SCHEMA, Data, digest, frozen, thawed
from localaction.platform.publication.errors import (
    ChangedSinceVerified,
    CorrectionNeedsReason,
    NothingNew,
    NotReady,
    PublishedElsewhere,
    UnderReview,
)
from localaction.platform.publication.listing import note_factors, said_in_lists
from localaction.platform.publication.models import Publication, PublishedReport
from localaction.platform.publication.signing import sign
from localaction.platform.reporting.inventory_subject import (
    computed_run,
    finding_of,
    inventory_content,
    standing_in_the_way,
)
from localaction.platform.reporting.models import Report, Submission
from localaction.platform.reporting.states import State
from localaction.platform.reporting.subjects import subject_of
from localaction.platform.reporting.submission import (
    digest_of,
    freeze,
    move,
    report_of_inventory,
    require_unverified_allowed,
)
from localaction.platform.values.services import record_many
from localaction.platform.verification.queries import returns_of, statement_of

UNVERIFIED = (State.DRAFT, State.RETURNED, State.SUBMITTED)
Before = Publication | PublishedReport | None


@transaction.atomic
def publish(*, actor: Actor, inventory: Inventory, reason: str = "") -> Publication:
    """Freeze the newest computation as one document that everybody can read.

    If its report was verified, the document carries the statement; if it was not, the document says so.

    Raises
    ------
    NotComputed
        If rows, warming potentials or factors changed since it was computed.
    NotReady
        With the findings that stand in the way.
    NothingNew, CorrectionNeedsReason
        If the same is published already; if it differs, a reason is needed.
    UnderReview, ChangedSinceVerified, OnlyVerified
        If it is being verified; if what was verified is not what stands; if the place publishes nothing else.
    """
    require(actor, "inventory.publish", inventory.scope_id)
    take_turn(inventory)
    run = computed_run(inventory)
    if found := standing_in_the_way(inventory, run):
        raise NotReady([finding_of(data) for data in found])
    content = inventory_content(inventory, run)
    before = Publication.objects.filter(inventory=inventory, is_current=True).first()
    content_digest = _require_news(content, before, reason)
    report = report_of_inventory(actor=actor, inventory=inventory)
    submission = _settled(actor, report, content)
    text, now = _document(report, submission, before, reason)
    Publication.objects.filter(inventory=inventory, is_current=True).update(is_current=False)
    population = content["population"]
    made = Publication.objects.create(
        place=inventory.place,
        inventory=inventory,
        report=report,
        label_year=inventory.label_year,
        document=text,
        digest=digest(text),
        content_digest=content_digest,
        **said_in_lists(content["result"]),
        population=population["value"] if population else None,
        published_at=now,
        published_by=user_of(actor),
        supersedes=before,
        reason=reason.strip(),
    )
    note_factors([(made.pk, content["result"]["factors"])])
    sign([made.digest])
    _publish_state(actor, report)
    mark_published(actor=actor, inventory=inventory)
    _make_figures_public(actor, run)
    after = {"digest": made.digest, "run": run.number}
    record("publication.inventory.published", actor=actor, target=inventory, after=after, reason=reason)
    return made


@transaction.atomic
def publish_report(*, actor: Actor, report: Report, reason: str = "") -> PublishedReport:
    """Publish a report on a framework; an inventory is published by ``publish``.

    Raises ``PublishedElsewhere``, and what ``publish`` raises without ``NotComputed``.
    """
    require(actor, "report.publish", report.scope_id)
    Report.objects.filter(pk=report.pk).update(place=report.place_id)  # wait until nobody else writes to it
    report.refresh_from_db()
    if report.inventory_id is not None:
        raise PublishedElsewhere
    subject = subject_of(report)
    if found := subject.in_the_way(report):
        raise NotReady(found)
    content = subject.content(report)
    about = {"place": report.place, "framework": report.framework, "period_start": report.period_start}
    before = PublishedReport.objects.filter(**about, is_current=True).first()
    content_digest = _require_news(content, before, reason)
    submission = _settled(actor, report, content)
    text, now = _document(report, submission, before, reason)
    PublishedReport.objects.filter(**about, is_current=True).update(is_current=False)
    made = PublishedReport.objects.create(
        **about,
        report=report,
        edition=report.edition,
        label_year=report.label_year,
        document=text,
        digest=digest(text),
        content_digest=content_digest,
        published_at=now,
        published_by=user_of(actor),
        supersedes=before,
        reason=reason.strip(),
    )
    sign([made.digest])
    _publish_state(actor, report)
    record(
        "publication.report.published",
        actor=actor,
        target=report,
        scope=report.place.scope,
        after={"digest": made.digest},
        reason=reason,
    )
    return made


def _require_news(content: Data, before: Before, reason: str) -> str:
    """Return the digest of what is said; refuse the same again, and a correction without a reason."""
    said = digest(frozen({key: part for key, part in content.items() if key != "run"}))
    if before is not None and before.content_digest == said:
        raise NothingNew
    if before is not None and not reason.strip():
        raise CorrectionNeedsReason
    return said


def _settled(actor: Actor, report: Report, content: Data) -> Submission:
    """Return the submission that is published: the verified one, or what stands now if nobody verifies it."""
    submission = report.submission
    if report.state == State.VERIFIED and submission is not None:
        if _said(thawed(submission.document)) != _said(content):
            raise ChangedSinceVerified
        return submission
    if report.state not in UNVERIFIED:
        raise UnderReview(state=State(report.state).label)
    require_unverified_allowed(report.place)
    if report.state == State.SUBMITTED and submission is not None:
        if submission.content_sha256 == digest_of(frozen(content)):
            return submission
        move("withdraw", actor=actor, report=report)
    submission = freeze(actor=actor, report=report, content=content)
    move("submit", actor=actor, report=report, submission=submission)
    return submission


def _said(content: Data) -> str:
    return frozen({name: part for name, part in content.items() if name != "run"})


def _document(report: Report, submission: Submission, before: Before, reason: str) -> tuple[str, datetime]:
    """Return the document (what was submitted, why it is published, who checked it) and its time."""
    now = timezone.now()
    content: dict[str, Any] = json.loads(submission.document)
    document = frozen({
        "schema": SCHEMA,
        **content,
        "published_at": now.isoformat(timespec="seconds"),
        "supersedes": before.digest if before else None,
        "reason": reason.strip(),
        "submission": {
            "report": str(report.public_id),
            "number": submission.number,
            "submitted_at": submission.submitted_at.isoformat(timespec="seconds"),
            "content_sha256": submission.content_sha256,
            "verification": statement_of(report) if report.state == State.VERIFIED else None,
            "returned": returns_of(report),
        },
    })  # fmt: skip
    return document, now


def _publish_state(actor: Actor, report: Report) -> None:
    """Move the report on, and the one it corrects out of the way first."""
    if report.supersedes is not None and report.supersedes.state == State.PUBLISHED:
        move("supersede", actor=actor, report=report.supersedes)
    move("publish" if report.state == State.VERIFIED else "publish_unverified", actor=actor, report=report)


def _make_figures_public(actor: Actor, run: Run) -> None:
    inventory = run.inventory
    options, library = options_of(inventory, keep_lines=False), library_of(inventory)
    result = compile_inventory(raw_rows(inventory), options, library)
    figures = figures_of(run, result, visibility="public")
    record_many(actor=actor, figures=figures, reason="published", right="inventory.publish")
