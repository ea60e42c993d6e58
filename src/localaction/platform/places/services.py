"""Writing places: each function checks the right, the rule, writes, and records the event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction

from localaction.platform.accounts.rights import Actor, require
from localaction.platform.accounts.services import create_place_scope
from localaction.platform.audit.services import record
from localaction.platform.places.errors import BadPlace, CircularParts, PlaceExists
from localaction.platform.places.folding import fold
from localaction.platform.places.models import Fact, Identifier, Name, NameChange, PartOf, Place
from localaction.platform.places.queries import ancestors


@transaction.atomic
def create_place(
    *,
    actor: Actor,
    code: str,
    kind: str,
    name: str,
    country_code: str,
    name_en: str = "",
    language: str = "",
    other_names: Iterable[str] = (),
) -> Place:
    """Add a place, with its scope and the names it is found by.

    Raises ``NotAllowed``, ``PlaceExists`` or ``BadPlace``.
    """
    require(actor, "place.create", None)
    code = code.strip().upper()
    if existing := Place.objects.filter(code=code).first():
        raise PlaceExists(code, existing.name)
    place = Place(
        code=code,
        kind=kind,
        name=name.strip(),
        name_en=name_en.strip(),
        language=language,
        country_code=country_code.strip().upper(),
    )
    checked(place, name or code, exclude=["scope"])
    place.scope = create_place_scope(place.name, place.country_code)
    place.save()
    for text in (place.name, place.name_en, place.code, *other_names):
        _keep_name(place, text, language if text == place.name else "")
    NameChange.objects.create()
    record("places.place.created", actor=actor, target=place, after={"name": place.name, "kind": kind})
    return place


@transaction.atomic
def set_name(*, actor: Actor, place: Place, name: str, name_en: str = "", language: str = "") -> bool:
    """Give a place another name; it is still found by the old one. Return whether that changed it."""
    require(actor, "place.edit", place.scope_id)
    before = {"name": place.name, "name_en": place.name_en, "language": place.language}
    place.name, place.name_en, place.language = name.strip(), name_en.strip(), language
    after = {"name": place.name, "name_en": place.name_en, "language": place.language}
    if after == before:
        return False
    checked(place, before["name"])
    place.save(update_fields=["name", "name_en", "language"])
    for text in (before["name"], before["name_en"], place.name, place.name_en):
        _keep_name(place, text)
    NameChange.objects.create()
    record("places.place.renamed", actor=actor, target=place, before=before, after=after)
    return True


@transaction.atomic
def add_name(*, actor: Actor, place: Place, text: str, language: str = "") -> None:
    """Add a name by which a place is found; adding it again changes nothing."""
    require(actor, "place.edit", place.scope_id)
    if not fold(text):
        raise BadPlace(place.name, "a name needs at least one letter or digit.")
    if _keep_name(place, text, language):
        NameChange.objects.create()
        record("places.name.added", actor=actor, target=place, after={"name": text})


@transaction.atomic
def add_identifier(
    *,
    actor: Actor,
    place: Place,
    scheme: str,
    text: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Identifier:
    """Add the code that a place has in somebody else's list."""
    require(actor, "place.edit", place.scope_id)
    row = Identifier(
        place=place, scheme=scheme.strip(), text=text.strip(), valid_from=valid_from, valid_to=valid_to
    )
    checked(row, place.name)
    row.save()
    record(
        "places.identifier.added", actor=actor, target=place, after={"scheme": row.scheme, "text": row.text}
    )
    return row


@transaction.atomic
def add_fact(
    *,
    actor: Actor,
    place: Place,
    key: str,
    text: str,
    source: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Fact:
    """Add a fact with its source. A later one of the same key takes over from its first day on."""
    require(actor, "place.edit", place.scope_id)
    fact = Fact(place=place, key=key.strip(), text=text.strip(), source=source.strip())
    fact.valid_from, fact.valid_to = valid_from, valid_to
    checked(fact, place.name)
    fact.save()
    after = {"key": fact.key, "text": fact.text, "from": valid_from, "to": valid_to, "source": fact.source}
    record("places.fact.added", actor=actor, target=place, after=after)
    return fact


@transaction.atomic
def add_part_of(
    *, actor: Actor, child: Place, parent: Place, valid_from: date | None = None, valid_to: date | None = None
) -> PartOf:
    """Say that a place is part of another, from a first day to a last. Raises ``CircularParts``."""
    require(actor, "place.edit", child.scope_id)
    if child.pk == parent.pk or any(place.pk == child.pk for place in ancestors(parent, valid_from)):
        raise CircularParts(child.name, parent.name)
    link = PartOf(child=child, parent=parent, valid_from=valid_from, valid_to=valid_to)
    checked(link, child.name)
    link.save()
    after = {"parent": parent.code, "from": valid_from, "to": valid_to}
    record("places.part_of.added", actor=actor, target=child, after=after)
    return link


def checked(row: models.Model, about: str, exclude: Iterable[str] = ()) -> None:
    """Raise ``BadPlace`` with all that the model's fields and constraints refuse."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise BadPlace(about, " ".join(error.messages)) from error


def _keep_name(place: Place, text: str, language: str = "") -> bool:
    folded = fold(text)
    if not folded:
        return False
    _name, made = Name.objects.get_or_create(
        place=place, text=text.strip(), defaults={"language": language, "folded": folded[:260]}
    )
    return made
