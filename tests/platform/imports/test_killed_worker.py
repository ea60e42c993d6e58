"""A worker that is killed in the middle leaves nothing stuck: taken up again, or given back to the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from localaction.platform.accounts.models import User
from localaction.platform.imports import running
from localaction.platform.imports.errors import NotInState
from localaction.platform.imports.models import LEASE, Import
from localaction.platform.imports.services import request_apply, resume, stop
from localaction.platform.inventories.models import Inventory, RowRevision
from localaction.platform.inventories.queries import current_rows
from tests.platform.imports.test_background import ROWS, work
from tests.platform.inventories.make import gas_file, hand_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(transactional_db: None, officer: User) -> User:
    return officer


class Killed(BaseException):
    """What ends a process without asking it."""


def killed_at(status: str, upload: Import, attempts: int = 1) -> None:
    """Leave the import as a worker does that is killed: at work, with a lease that has run out."""
    long_ago = timezone.now() - LEASE - timedelta(seconds=1)
    Import.objects.filter(pk=upload.pk).update(
        status=status, alive_at=long_ago, attempts=attempts, layout="own_csv"
    )


@pytest.mark.parametrize("status", ["detecting", "checking"])
def test_a_check_whose_worker_was_killed_is_taken_up_again(
    officer: User, inventory: Inventory, status: str
) -> None:
    upload = hand_in(officer, inventory, gas_file(ROWS))
    killed_at(status, upload)
    running.look_after.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.alive_at, upload.attempts) == ("ready", None, 0)


def test_an_apply_whose_worker_was_killed_is_done_by_the_next_as_a_whole(
    officer: User, inventory: Inventory
) -> None:
    upload = hand_in(officer, inventory, gas_file(ROWS))
    work()
    upload = request_apply(actor=officer, record=upload)
    killed_at("applying", upload)
    assert Import.objects.get(pk=upload.pk).abandoned
    assert not RowRevision.objects.exists()
    running.look_after.func(upload.pk)
    upload.refresh_from_db()
    assert upload.status == "applied"
    assert current_rows(inventory).count() == ROWS


def test_work_that_somebody_alive_is_at_is_left_to_them(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(ROWS))
    Import.objects.filter(pk=upload.pk).update(status="checking", alive_at=timezone.now(), attempts=1)
    running.work_on(upload.pk)
    running.look_after.func(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.attempts) == ("checking", 1)
    with pytest.raises(NotInState, match=r"cannot be resumed: it is being checked"):
        resume(actor=officer, record=upload)


def test_after_three_attempts_it_is_given_back_with_the_reason(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(ROWS))
    killed_at("checking", upload, attempts=3)
    running.look_after.func(upload.pk)
    upload.refresh_from_db()
    assert upload.status == "refused"
    assert "was interrupted 3 times before it was done; nothing was written" in upload.findings[0]["message"]
    assert "Try again, or hand in a smaller file" in upload.findings[0]["remedy"]


def test_a_person_can_go_on_with_it_or_stop_it(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, gas_file(ROWS))
    killed_at("checking", upload)
    resume(actor=officer, record=upload)
    work()
    upload.refresh_from_db()
    assert upload.status in {"checking", "ready"}
    if upload.status == "checking":
        stop(actor=officer, record=upload)
    assert not RowRevision.objects.exists()


def test_a_process_killed_while_it_writes_leaves_nothing_written(
    officer: User, inventory: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end comes after the rows were written and before the transaction ended."""
    upload = hand_in(officer, inventory, gas_file(ROWS))
    work()
    upload = request_apply(actor=officer, record=upload)

    def end(*_given: object) -> None:
        raise Killed

    monkeypatch.setattr(running, "event", end)
    with pytest.raises(Killed):
        running.work_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.made) == ("applying", {})
    assert not RowRevision.objects.exists()
    monkeypatch.undo()
    killed_at("applying", upload)
    running.look_after.func(upload.pk)
    assert current_rows(inventory).count() == ROWS
