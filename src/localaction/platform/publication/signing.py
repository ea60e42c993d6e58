"""Signing what is published: the private key, its successors, and what was not signed yet."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from localaction.engine.exchange.signed.envelope import SEED_BYTES, PrivateKey
from localaction.engine.exchange.signed.keyfile import made_once, replaced
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.publication.errors import (
    KeyInEnvironment,
    KeyNeedsReason,
    SigningKeyBroken,
    SigningKeyRetired,
    UnknownKey,
)
from localaction.platform.publication.models import Publication, PublishedReport
from localaction.platform.publication.signing_models import Signature, SigningKey

VARIABLE = "LOCALACTION_SIGNING_KEY"
FILE = "signing_key"
REPLACED = "Replaced by another key."
SIGNED_AT_ONCE = 500


def private_key() -> PrivateKey:
    """Return the key that signs now: from the environment, else from the data folder, made there once.

    It is read anew each time, so that every process takes up a replaced key. Raises ``SigningKeyBroken``.
    """
    given = settings.LOCALACTION_SIGNING_KEY
    try:
        return PrivateKey(given or made_once(_file(), _new_secret))
    except (OSError, ValueError) as error:
        raise SigningKeyBroken(where=_where(), why=str(error)) from None


def _file() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _where() -> str:
    return VARIABLE if settings.LOCALACTION_SIGNING_KEY else str(_file())


def _new_secret() -> str:
    return base64.b64encode(secrets.token_bytes(SEED_BYTES)).decode()


def sign(digests: Sequence[str]) -> None:
    """Sign documents with the key in use; called by whoever publishes, inside its transaction.

    Raises ``SigningKeyBroken`` or ``SigningKeyRetired``; nothing is published then.
    """
    if not digests:
        return
    private = private_key()
    key = _in_use(private)
    now = _now()
    made = [(digest, private.sign(digest, now).signature) for digest in digests]
    rows = [
        Signature(
            document_sha256=digest, key=key, signed_at=now, signature=base64.b64encode(signature).decode()
        )
        for digest, signature in made
    ]
    Signature.objects.bulk_create(rows, ignore_conflicts=True)  # the same document published a second time
    taken = SigningKey.objects.filter(pk=key.pk, retired_at=None)
    if not taken.update(signatures_made=F("signatures_made") + len(made)):  # its row is held until the end
        raise _retired(SigningKey.objects.get(pk=key.pk))


def _in_use(private: PrivateKey) -> SigningKey:
    """Return the public half as the database knows it; a new key takes the place of the one before."""
    known = SigningKey.objects.filter(key_id=private.id).first()
    if known is None:
        now = _now()
        public = base64.b64encode(private.public_key).decode()
        earlier = SigningKey.objects.filter(retired_at=None).exclude(key_id=private.id)
        earlier.update(retired_at=now, reason=REPLACED)
        known, _made = SigningKey.objects.get_or_create(
            key_id=private.id, defaults={"public_key": public, "valid_from": now}
        )
    if known.retired_at is not None:
        raise _retired(known)
    return known


def _retired(key: SigningKey) -> SigningKeyRetired:
    what = "withdrawn" if key.withdrawn_at else "retired"
    day = f"{key.retired_at:%Y-%m-%d}" if key.retired_at else ""
    return SigningKeyRetired(key=key.key_id, what=what, day=day, where=_where())


def _now() -> datetime:
    """Return the time in whole seconds, as files state it."""
    return timezone.now().replace(microsecond=0)


def ensure_signed(*, actor: Actor) -> int:
    """Sign every published document that no valid key has signed yet; return how many were.

    Raises ``NotAllowed``, ``SigningKeyBroken`` or ``SigningKeyRetired``.
    """
    require(actor, "keys.manage", None)
    count = 0
    while missing := _unsigned(SIGNED_AT_ONCE):
        with transaction.atomic():
            sign(missing)
        count += len(missing)
    if count:
        key = SigningKey.objects.get(key_id=private_key().id)
        record("publication.document.signed", actor=actor, target=key, after={"documents": count})
    return count


def _unsigned(limit: int) -> list[str]:
    valid = Signature.objects.filter(document_sha256=OuterRef("digest"), key__withdrawn_at=None)
    inventories = Publication.objects.filter(~Exists(valid), withdrawn_at=None).order_by("pk")
    reports = PublishedReport.objects.filter(~Exists(valid)).order_by("pk")
    found = [
        *inventories.values_list("digest", flat=True)[:limit],
        *reports.values_list("digest", flat=True)[:limit],
    ]
    return list(dict.fromkeys(found))


@transaction.atomic
def rotate(*, actor: Actor, reason: str) -> SigningKey:
    """Make a new key in the data folder; the one before is retired, and what it signed stays valid.

    Raises ``NotAllowed``, ``KeyNeedsReason`` or ``KeyInEnvironment``.
    """
    require(actor, "keys.manage", None)
    before = _in_use(private_key())
    if not reason.strip():
        raise KeyNeedsReason(key=before.key_id)
    return _successor(actor, before, reason.strip())


def _successor(actor: Actor, before: SigningKey, reason: str) -> SigningKey:
    if settings.LOCALACTION_SIGNING_KEY:
        raise KeyInEnvironment
    SigningKey.objects.filter(pk=before.pk).update(signatures_made=F("signatures_made"))  # wait for signers
    now = _now()
    SigningKey.objects.filter(pk=before.pk, retired_at=None).update(retired_at=now, reason=reason)
    secret = _new_secret()
    private = PrivateKey(secret)
    made = SigningKey.objects.create(
        key_id=private.id, public_key=base64.b64encode(private.public_key).decode(), valid_from=now
    )
    record(
        "publication.key.replaced",
        actor=actor,
        target=made,
        before={"key": before.key_id},
        after={"key": made.key_id},
        reason=reason,
    )
    replaced(_file(), secret)
    return made


@transaction.atomic
def withdraw_key(*, actor: Actor, key_id: str, reason: str) -> SigningKey:
    """Declare that others may have a key: nothing it signed counts any more. Return the key now in use.

    What it had signed is signed again by ``ensure_signed``. Raises ``NotAllowed``, ``UnknownKey``,
    ``KeyNeedsReason``, or ``KeyInEnvironment`` if the key is in use and comes from there.
    """
    require(actor, "keys.manage", None)
    key = SigningKey.objects.filter(key_id=key_id, withdrawn_at=None).first()
    if key is None:
        known = SigningKey.objects.filter(withdrawn_at=None).values_list("key_id", flat=True)
        raise UnknownKey(key=key_id, known=", ".join(known))
    if not reason.strip():
        raise KeyNeedsReason(key=key_id)
    now = _now()
    in_use = key.retired_at is None
    current = _successor(actor, key, reason.strip()) if in_use else _in_use(private_key())
    SigningKey.objects.filter(pk=key.pk).update(withdrawn_at=now, reason=reason.strip())
    record("publication.key.withdrawn", actor=actor, target=key, after={"at": now}, reason=reason.strip())
    return current
