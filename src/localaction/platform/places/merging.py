"""Making two records of the same place one: the other stays as a redirect."""

from __future__ import annotations

from django.db import transaction

from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.places.errors import CannotMerge
from localaction.platform.places.models import Identifier, Name, NameChange, Place


@transaction.atomic
def merge_places(*, actor: Actor, source: Place, target: Place, reason: str) -> Place:
    """Merge ``source`` into ``target``; from now on the code of ``source`` leads to ``target``.

    Names and identifiers lead to ``target`` as well; facts and links stay with ``source`` as its history.
    Rights are not carried over: an officer of ``source`` gets none on ``target`` by a merge.
    Raises ``NotAllowed`` or ``CannotMerge``.
    """
    require(actor, "place.merge", None)
    source = Place.objects.get(pk=source.pk)
    target = Place.objects.get(pk=target.pk)
    _check(source, target, reason)
    for name in source.names.all():
        Name.objects.get_or_create(
            place=target, text=name.text, defaults={"language": name.language, "folded": name.folded}
        )
    for row in source.identifiers.all():
        dates = {"valid_from": row.valid_from, "valid_to": row.valid_to}
        Identifier.objects.get_or_create(place=target, scheme=row.scheme, text=row.text, defaults=dates)
    NameChange.objects.create()
    Place.objects.filter(merged_into=source).update(merged_into=target)
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    record("places.place.merged", actor=actor, target=source, after={"into": target.code}, reason=reason)
    record("places.place.absorbed", actor=actor, target=target, after={"from": source.code}, reason=reason)
    return target


def _check(source: Place, target: Place, reason: str) -> None:
    names = (source.name, target.name)
    if source.pk == target.pk:
        raise CannotMerge(*names, problem="they are the same record.", advice="Choose two different places.")
    for place in (source, target):
        if place.merged_into_id is not None:
            problem = f"{place.code} has been merged away already."
            raise CannotMerge(*names, problem=problem, advice="Use the place it was merged into.")
    if not reason.strip():
        raise CannotMerge(*names, problem="no reason is given.", advice="Say why the two are the same place.")
    if held := holdings(source):
        problem = f"{source.code} holds {held}, which a merge would hide."
        raise CannotMerge(
            *names, problem=problem, advice=f"Merge {target.code} into {source.code} if that one is empty."
        )


def holdings(place: Place) -> str:
    """Say what other apps keep about a place ("3 inventories"); empty if nothing."""
    own = Place._meta.app_label
    counts: list[str] = []
    for relation in Place._meta.related_objects:
        model = relation.related_model
        if not isinstance(model, type) or model._meta.app_label == own:
            continue
        count = model._base_manager.filter(**{relation.field.name: place}).count()
        if count:
            name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            counts.append(f"{count} {name}")
    return ", ".join(counts)
