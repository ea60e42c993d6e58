"""Mappings of columns: chosen by a person, kept by name, used again for files with the same headers."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from localaction.engine.errors import Refused, did_you_mean, shown
from localaction.engine.exchange.layout import ColumnMapping, layout, mapping_findings
from localaction.platform.accounts.models import Scope
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record as note
from localaction.platform.imports import states
from localaction.platform.imports.errors import MappingNotFound, NotInState
from localaction.platform.imports.models import Import, SavedMapping
from localaction.platform.imports.states import Status

MAPPABLE = {Status.MAPPING, Status.READY, Status.REFUSED}
LONGEST_NAME = 100


@transaction.atomic
def keep_mapping(
    *, actor: Actor, record: Import, mapping: ColumnMapping, right: str, save_as: str = ""
) -> None:
    """Keep what a person chose for the columns of a file; it is to be checked anew by it.

    Raises ``Refused`` with what stands in the way of reading rows by it, or ``NotInState``.
    """
    require(actor, right, record.scope_id if record.inventory_id else None)
    if findings := mapping_findings(mapping, layout(mapping.layout)):
        raise Refused(findings)
    before = {column.header: column.target for column in ColumnMapping.from_dict(record.mapping).columns}
    if not states.move(record, MAPPABLE, Status.CHECKING, mapping=mapping.to_dict(), findings=[], summary={}):
        why = f"it is {record.get_status_display()}"
        raise NotInState(what="mapped", why=why, fix="Hand the file in again to map it anew.")
    if save_as.strip():
        _save(actor, record.scope, save_as.strip()[:LONGEST_NAME], mapping)
    after = {column.header: column.target for column in mapping.columns}
    note(
        "imports.import.mapped",
        actor=actor,
        target=record.inventory or record,
        scope=record.scope,
        before={header: target for header, target in before.items() if after.get(header) != target},
        after={header: target for header, target in after.items() if before.get(header) != target},
    )


def _save(actor: Actor, scope: Scope, name: str, mapping: ColumnMapping) -> None:
    SavedMapping.objects.update_or_create(
        scope=scope,
        name=name,
        defaults={
            "headers_key": mapping.fingerprint,
            "mapping": mapping.to_dict(),
            "created_by": user_of(actor),
            "saved_at": timezone.now(),
        },
    )


def mappings_by_headers(scope: Scope, headers_key: str) -> dict[str, ColumnMapping]:
    """Return the mapping that was kept last for these headers, at the place or for the whole network."""
    kept = SavedMapping.objects.filter(_reach(scope), headers_key=headers_key).order_by("-saved_at").first()
    return {headers_key: ColumnMapping.from_dict(kept.mapping)} if kept else {}


def mapping_named(scope: Scope, name: str) -> ColumnMapping:
    """Return a mapping by its name. Raises ``MappingNotFound``."""
    kept = SavedMapping.objects.filter(_reach(scope), name=name).order_by("-saved_at").first()
    if kept is None:
        names = mapping_names(scope)
        hint = did_you_mean(name, names) or (
            f"There are {', '.join(names)}." if names else "None is saved yet."
        )
        raise MappingNotFound(name=shown(name), hint=hint)
    return ColumnMapping.from_dict(kept.mapping)


def mapping_names(scope: Scope) -> list[str]:
    """Return the names of the mappings kept at the place or for the whole network."""
    return list(SavedMapping.objects.filter(_reach(scope)).order_by("name").values_list("name", flat=True))


def _reach(scope: Scope) -> Q:
    return Q(scope=scope) | Q(scope__kind="network")
