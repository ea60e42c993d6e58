"""Files as evidence: whole, under their digest, and nothing of what is not kept."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from localaction.engine.errors import InputError
from localaction.platform.accounts.models import User
from localaction.platform.imports import evidence
from localaction.platform.imports.models import Import
from localaction.platform.imports.services import receive
from localaction.platform.inventories.models import Inventory
from tests.platform.inventories.make import gas_file, hand_in

CONTENT = gas_file(3)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_was_cut_off_while_it_was_written_is_written_again(evidence_folder: Path) -> None:
    """A machine that stops in the middle leaves half a file under the digest of the whole."""
    path = evidence_folder / DIGEST[:2] / DIGEST
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT[:10])
    kept = evidence.keep(io.BytesIO(CONTENT))
    assert (kept.sha256, kept.size_bytes) == (DIGEST, len(CONTENT))
    assert path.read_bytes() == CONTENT
    assert kept_in(evidence_folder) == [path]


def test_a_whole_file_is_left_as_it_is(evidence_folder: Path) -> None:
    evidence.keep(io.BytesIO(CONTENT))
    (path,) = kept_in(evidence_folder)
    written = path.stat().st_mtime_ns
    kept = evidence.keep(io.BytesIO(CONTENT))
    assert path.stat().st_mtime_ns == written
    with evidence.opened(kept.path) as stream:
        assert stream.read() == CONTENT


@pytest.mark.django_db
def test_a_way_to_apply_that_does_not_exist_keeps_nothing(
    officer: User, inventory: Inventory, evidence_folder: Path
) -> None:
    with pytest.raises(InputError) as refused:
        hand_in(officer, inventory, CONTENT, mode="merge")
    assert str(refused.value) == (
        'The file cannot be handed in: there is no way "merge" to apply it. Choose replace or add.'
    )
    assert not Import.objects.exists()
    assert not kept_in(evidence_folder)


@pytest.mark.django_db
def test_a_stream_that_breaks_off_keeps_nothing(
    officer: User, inventory: Inventory, evidence_folder: Path
) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError("the sender went away")

    with pytest.raises(ConnectionResetError):
        receive(importer_id="rows", actor=officer, inventory=inventory, name="rows.csv", stream=Broken())
    assert not Import.objects.exists()
    assert not kept_in(evidence_folder)
