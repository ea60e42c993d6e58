"""Whatever is published is signed; keys are replaced and withdrawn, and every signature says by which."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from localaction.engine.cli.verify import main as verify
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory
from localaction.platform.publication.errors import (
    KeyInEnvironment,
    KeyNeedsReason,
    SigningKeyBroken,
    SigningKeyRetired,
    UnknownKey,
)
from localaction.platform.publication.models import Publication, Signature, SigningKey
from localaction.platform.publication.services import publish
from localaction.platform.publication.signatures import public_keys, signature_of
from localaction.platform.publication.signing import ensure_signed, private_key, rotate, withdraw_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.LOCALACTION_SIGNING_KEY = ""
    return tmp_path


@pytest.fixture
def publication(officer: User, ready: Inventory) -> Publication:
    return publish(actor=officer, inventory=ready)


def bundle(client: Client, publication: Publication, folder: Path) -> Path:
    path = folder / "bundle.zip"
    path.write_bytes(client.get(f"/documents/{publication.digest}.zip").content)
    return path


def test_the_key_is_made_once_for_its_owner_alone(data_folder: Path) -> None:
    first = private_key()
    assert private_key().id == first.id
    assert stat.S_IMODE((data_folder / "signing_key").stat().st_mode) == 0o600


def test_what_is_published_can_be_checked_without_the_site(
    client: Client, publication: Publication, tmp_path: Path
) -> None:
    assert verify([str(bundle(client, publication, tmp_path)), "--quiet"]) == 0
    keys = tmp_path / "keys.json"
    keys.write_bytes(client.get("/keys.json").content)
    document = tmp_path / "inventory.json"
    document.write_bytes(client.get(f"/documents/{publication.digest}.json").content)
    signature = tmp_path / "inventory.signature.json"
    signature.write_bytes(client.get(f"/documents/{publication.digest}.signature.json").content)
    assert verify([str(document), "--keys", str(keys), "--quiet"]) == 0


def test_a_retired_key_keeps_what_it_signed(client: Client, publication: Publication, tmp_path: Path) -> None:
    before = private_key().id
    key = rotate(actor=OPERATOR, reason="Yearly change.")
    assert private_key().id == key.key_id != before
    assert [each.id for each in public_keys()] == [key.key_id, before]
    assert ensure_signed(actor=OPERATOR) == 0
    assert verify([str(bundle(client, publication, tmp_path)), "--quiet"]) == 0


def test_a_withdrawn_key_signs_nothing_and_its_documents_are_signed_anew(
    client: Client, publication: Publication, tmp_path: Path
) -> None:
    lost = private_key().id
    key = withdraw_key(actor=OPERATOR, key_id=lost, reason="A copy was found elsewhere.")
    assert signature_of(publication.digest) is None
    assert client.get(f"/documents/{publication.digest}.zip").status_code == 404
    assert ensure_signed(actor=OPERATOR) == 1
    envelope = signature_of(publication.digest)
    assert envelope is not None
    assert envelope.key == key.key_id
    assert verify([str(bundle(client, publication, tmp_path)), "--quiet"]) == 0
    page = client.get("/keys/").content.decode()
    assert "A copy was found elsewhere." in page
    assert lost in page
    with pytest.raises(UnknownKey, match=f"There is no key {lost} that could be withdrawn"):
        withdraw_key(actor=OPERATOR, key_id=lost, reason="Again.")


def test_documents_published_before_are_signed_by_the_command(publication: Publication) -> None:
    place, inventory = publication.place, publication.inventory
    digest = "0" * 64
    Publication.objects.create(
        place=place, inventory=inventory, label_year=2018, document="{}", digest=digest, content_digest=digest
    )
    assert ensure_signed(actor=OPERATOR) == 1
    assert ensure_signed(actor=OPERATOR) == 0
    assert signature_of(digest) is not None


def test_a_key_in_the_environment_is_replaced_there(
    settings, officer: User, publication: Publication, tmp_path: Path
) -> None:
    before = private_key().id
    settings.LOCALACTION_SIGNING_KEY = "A" * 43 + "="
    with pytest.raises(KeyInEnvironment, match="start the site again"):
        rotate(actor=OPERATOR, reason="Yearly change.")
    SigningKey.objects.filter(key_id=before).update(retired_at=None, reason="")
    from localaction.platform.publication.signing import sign

    sign(["0" * 64])
    assert SigningKey.objects.get(key_id=before).reason == "Replaced by another key."
    settings.LOCALACTION_SIGNING_KEY = ""
    with pytest.raises(SigningKeyRetired, match=f"The key {before} was retired on .* still holds it"):
        sign(["1" * 64])


def test_nothing_is_published_without_a_usable_key(
    officer: User, ready: Inventory, data_folder: Path
) -> None:
    (data_folder / "signing_key").write_text("short")
    with pytest.raises(SigningKeyBroken, match=r"cannot be used: .*Nothing can be published without it"):
        publish(actor=officer, inventory=ready)
    assert not Publication.objects.exists()


def test_keys_are_replaced_by_administrators_for_a_reason(officer: User) -> None:
    with pytest.raises(NotAllowed, match="Replace and withdraw the keys"):
        rotate(actor=officer, reason="Because.")
    with pytest.raises(NotAllowed):
        withdraw_key(actor=officer, key_id="any", reason="Because.")
    with pytest.raises(NotAllowed):
        ensure_signed(actor=officer)
    with pytest.raises(KeyNeedsReason, match="Say why in a few words"):
        rotate(actor=OPERATOR, reason=" ")


def test_signatures_are_never_changed(publication: Publication) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Signature.objects.update(signature="x")


def test_the_page_of_the_report_leads_to_the_signature(
    client: Client, publication: Publication, ready: Inventory
) -> None:
    page = client.get(f"/places/{ready.place.code}/inventory/{ready.label_year}/").content.decode()
    assert f"/documents/{publication.digest}.zip" in page
    assert "How to check the signature" in page
    empty = client.get(f"/documents/{'0' * 64}.signature.json")
    assert empty.status_code == 404
