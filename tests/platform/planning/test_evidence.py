"""Files as evidence: kept under their digest, seen by whom they are meant for, withdrawn with a reason."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.audit.queries import events_of
from localaction.platform.places.models import Place
from localaction.platform.planning.errors import (
    BadEvidence,
    EvidenceNotFound,
    IsWithdrawn,
    ReasonMissing,
)
from localaction.platform.planning.models import Evidence
from localaction.platform.planning.queries import evidence_for, evidence_of
from localaction.platform.planning.services import attach_evidence, withdraw_evidence, withdraw_part
from localaction.platform.values.errors import EvidenceTooLarge
from localaction.platform.values.evidence import opened
from tests.platform.accounts.make import place, with_role
from tests.platform.planning.conftest import Add

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def attach(actor: User, part: Any, content: bytes = b"bill", name: str = "bill.pdf", **more: Any) -> Evidence:
    return attach_evidence(actor=actor, part=part, stream=io.BytesIO(content), name=name, **more)


def test_a_file_is_kept_under_its_digest_and_named_by_its_last_part(add: Add, officer: User) -> None:
    held = attach(officer, add("action"), name="C:\\papers\\bi\nll.pdf", note="  what was   paid ")
    assert (held.name, held.note, held.size_bytes, held.attached_by) == (
        "bill.pdf",
        "what was paid",
        4,
        officer,
    )
    with opened(held.path) as stream:
        assert stream.read() == b"bill"
    assert events_of(held)[0].verb == "planning.evidence.attached"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"content": b""}, "it is empty"),
        ({"name": " \x00 "}, "it has no name"),
        ({"visibility": "friends"}, "it is not said who sees it"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused(
    add: Add, officer: User, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadEvidence, match=message):
        attach(officer, add("action"), **given)
    assert not Evidence.objects.exists()


def test_a_file_above_the_limit_is_refused(add: Add, officer: User, settings: Any) -> None:
    settings.LOCALACTION_MAX_UPLOAD_MB = 0
    with pytest.raises(EvidenceTooLarge, match="larger than 0 MB"):
        attach(officer, add("action"))


def test_the_same_file_is_attached_once_to_a_part(add: Add, officer: User) -> None:
    action = add("action")
    attach(officer, action)
    with pytest.raises(BadEvidence, match="attached here already"):
        attach(officer, action, name="again.pdf")
    attach(officer, add("action"))
    assert Evidence.objects.count() == 2


def test_only_those_with_the_right_attach_and_withdraw(add: Add, officer: User, london: Place) -> None:
    action = add("action")
    held = attach(officer, action)
    for actor in (with_role("viewer", london), with_role("officer", place("PE-LIM", "Lima"))):
        with pytest.raises(NotAllowed):
            attach(actor, action, b"other")
        with pytest.raises(NotAllowed):
            withdraw_evidence(actor=actor, evidence=held, reason="x")
    editor = with_role("editor", london)
    with pytest.raises(NotAllowed, match="Let everybody see"):
        attach(editor, action, b"other", visibility="public")
    attach(editor, action, b"other")


def test_a_file_is_seen_only_where_it_and_its_part_are(add: Add, officer: User) -> None:
    public, private = add("action", visibility="public"), add("action")
    shown = attach(officer, public, visibility="public")
    hidden = attach(officer, public, b"draft")
    inner = attach(officer, private, visibility="public")
    assert evidence_of(None, [public])[public.public_id] == [shown]
    assert evidence_for(None, shown.public_id) == shown
    for held in (hidden, inner):
        with pytest.raises(EvidenceNotFound):
            evidence_for(None, held.public_id)
        assert evidence_for(officer, held.public_id) == held


def test_a_withdrawn_file_is_gone_for_all_but_those_who_work_on_the_plan(
    add: Add, officer: User, london: Place
) -> None:
    action = add("action", visibility="public")
    held = attach(officer, action, visibility="public")
    with pytest.raises(ReasonMissing, match="others ask why"):
        withdraw_evidence(actor=officer, evidence=held, reason=" ")
    withdraw_evidence(actor=officer, evidence=held, reason="wrong year")
    with pytest.raises(IsWithdrawn):
        withdraw_evidence(actor=officer, evidence=held, reason="again")
    assert evidence_of(officer, [action]) == {}
    for actor in (None, with_role("viewer", london)):
        with pytest.raises(EvidenceNotFound):
            evidence_for(actor, held.public_id)
    assert evidence_for(officer, held.public_id) == held
    attach(officer, action, visibility="public")


def test_nothing_is_attached_to_what_is_withdrawn(add: Add, officer: User) -> None:
    action = withdraw_part(actor=officer, part=add("action"), seen=1, reason="old")
    with pytest.raises(IsWithdrawn):
        attach(officer, action)


def test_of_a_file_only_its_withdrawal_changes(add: Add, officer: User) -> None:
    attach(officer, add("action"))
    for change in ({"visibility": "public"}, {"path": "elsewhere"}, {"withdrawn_why": "no day"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.update(**change)
