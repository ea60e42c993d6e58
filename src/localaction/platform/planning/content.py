"""What a part says, as plain texts: what revisions keep, forms show, files hold, and versions differ in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from localaction.platform.planning.kinds import Field, fields_of, kind_of
from localaction.platform.planning.models import Part
from localaction.platform.planning.reading import money_text
from localaction.platform.values.decimals import canonical

Content = dict[str, str | list[str] | bool]


def content_of(part: Part) -> Content:
    """Return what a part says by field, as it would be written; with who sees it."""
    fields = fields_of(kind_of(part).id)
    said: Content = {field.name: _written(part, field) for field in fields}
    return said | {"visibility": part.visibility}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of fields in which two contents differ; one that is missing is empty."""
    names = list(dict.fromkeys([*after, *before]))
    return [name for name in names if (before.get(name) or "") != (after.get(name) or "")]


def _written(part: Any, field: Field) -> str | list[str] | bool:
    if field.form == "money":
        return money_text(part.cost_minor, part.currency)
    value = part.more.get(field.name) if field.declared else getattr(part, field.name)
    if field.form == "part":
        return str(value.public_id) if value is not None else ""
    if isinstance(value, bool | list):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return canonical(value)
    return "" if value is None else str(value)
