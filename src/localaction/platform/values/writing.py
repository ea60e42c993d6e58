"""Writing many figures at once: the same few statements for one figure and for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, Subquery

from localaction.platform.values.bulk import insert_rows
from localaction.platform.values.errors import EditConflict, SameFigureTwice
from localaction.platform.values.figures import CONTENT, Content, Figure, Key, Latest
from localaction.platform.values.models import KEY, Value, ValueRevision

HEAD = [*KEY, "label_year", "adopted"]
KEY_COLUMNS = list(Key._fields)


@dataclass(frozen=True, slots=True)
class Head:
    """What the database knows of a head before the write."""

    pk: int
    current: int | None
    number: int
    content: Content


@dataclass(frozen=True, slots=True)
class Written:
    """How many figures a write made new, changed, and left because they say the same already."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged
        )


def write(
    figures: Sequence[Figure],
    contents: Sequence[Content],
    *,
    author_id: int | None,
    reason: str,
    now: datetime,
) -> Written:
    """Write figures in a constant number of statements. Called within a transaction.

    Raises ``EditConflict`` if a figure's ``seen`` isn't current, ``SameFigureTwice``, and ``IntegrityError``
    if somebody else wrote between the look and the write.
    """
    keys = _distinct(figures)
    heads = heads_for(keys)
    for figure, key, said in zip(figures, keys, contents, strict=True):
        check_seen(figure, heads.get(key), said)
    _stand_again(keys, heads)
    missing = {key: figure for figure, key in zip(figures, keys, strict=True) if key not in heads}
    if missing:
        _insert_heads(missing, {key[:-1] for key, head in heads.items() if head.current or key in set(keys)})
        heads = {**heads_for(keys), **heads}
    rows, changed = [], []
    for key, said in zip(keys, contents, strict=True):
        head = heads[key]
        if head.current is None or head.content != said:
            rows.append((head.pk, head.number + 1, head.current, author_id, now, reason, *said))
            changed.append(head.pk)
    if rows:
        names = ["value", "number", "replaces", "author", "recorded_at", "reason", *CONTENT]
        insert_rows(ValueRevision, names, sorted(rows, key=lambda row: row[0]))
        _point_at_newest(changed)
    return Written(len(missing), len(rows) - len(missing), len(figures) - len(rows))


def heads_for(keys: Iterable[Key]) -> dict[Key, Head]:
    """Return every head of the places, items and periods that occur in ``keys``, by key."""
    keys = list(keys)
    columns = zip(*keys, strict=True) if keys else [(), (), (), ()]
    places, items, starts, ends, *_rest = (list(dict.fromkeys(column)) for column in columns)
    rows = Value.objects.filter(
        place_id__in=places, item__in=items, period_start__in=starts, period_end__in=ends
    ).values_list(*KEY_COLUMNS, "pk", "current_id", "current__number", *(f"current__{n}" for n in CONTENT))
    size = len(KEY_COLUMNS)
    found: dict[Key, Head] = {}
    for row in rows:
        pk, current, number, *said = row[size:]
        found[Key(*row[:size])] = Head(pk, current, number or 0, tuple(said))
    return found


def _stand_again(keys: Iterable[Key], heads: dict[Key, Head]) -> None:
    """Look up how far the numbers of withdrawn figures are, and adopt them where nothing else stands."""
    asked = set(keys)
    gone = {key: head for key, head in heads.items() if head.current is None and key in asked}
    if not gone:
        return
    last = dict(
        ValueRevision.objects.filter(value_id__in=[head.pk for head in gone.values()])
        .values("value_id")
        .annotate(last=Max("number"))
        .values_list("value_id", "last")
    )
    standing = {key[:-1] for key, head in heads.items() if head.current is not None}
    adopted = []
    for key, head in gone.items():
        heads[key] = Head(head.pk, None, last.get(head.pk, 0), head.content)
        if key[:-1] not in standing:
            standing.add(key[:-1])
            adopted.append(head.pk)
    Value.objects.filter(pk__in=adopted).update(adopted=True)


def check_seen(figure: Figure, head: Head | None, said: Content) -> None:
    """Raise ``EditConflict`` if the revision the editor saw is no longer the current one.

    Saying what is said already is no conflict: a save whose answer was lost on the way may be sent again.
    """
    if isinstance(figure.seen, Latest):
        return
    current = head.current if head else None
    if head is not None and current is not None and head.content == said:
        return
    if figure.seen != current:
        raise conflict(figure, current)


def conflict(figure: Figure, revision_id: int | None) -> EditConflict:
    """Return the error that says who changed the figure and when."""
    newest = ValueRevision.objects.select_related("author").filter(pk=revision_id or 0).first()
    who = newest.author.display_name if newest and newest.author else "The operator"
    what = f"{figure.item} of {figure.place.name} for {figure.period.label_year}"
    return EditConflict(what, who, newest.recorded_at if newest else None)


def _distinct(figures: Sequence[Figure]) -> list[Key]:
    keys: dict[Key, Figure] = {}
    for figure in figures:
        if keys.setdefault(figure.key(), figure) is not figure:
            raise SameFigureTwice(figure.item, figure.place.name, figure.period.label_year)
    return list(keys)


def _insert_heads(missing: Mapping[Key, Figure], answered: set[tuple[object, ...]]) -> None:
    """Insert the missing heads; the first candidate for a question that has no answer is adopted."""
    rows = []
    for key, figure in missing.items():
        rows.append((*key, figure.period.label_year, key[:-1] not in answered))
        answered.add(key[:-1])
    insert_rows(Value, HEAD, rows)


def _point_at_newest(value_ids: list[int]) -> None:
    newest = ValueRevision.objects.filter(value_id=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Value.objects.filter(pk__in=value_ids).update(current_id=Subquery(newest))
