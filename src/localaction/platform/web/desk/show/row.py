"""The form of a row in the drawer: its title, errors, conflict and preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localaction.platform.web.desk.forms.row import RowForm
from localaction.platform.web.desk.show.conflict import Conflict
from localaction.platform.web.desk.show.preview import Preview


@dataclass(frozen=True)
class RowView:
    """A row while it is entered or changed."""

    form: RowForm
    title: str
    action: str
    back: str
    choices_address: str
    is_new: bool
    has_activities: bool
    conflict: Conflict | None = None
    preview: Preview | None = None

    @property
    def errors(self) -> list[dict[str, str]]:
        """What is wrong, each with a link to its field."""
        items = [{"link": "", "label": str(text), "text": ""} for text in self.form.non_field_errors()]
        for field in self._fields():
            items += [
                {"link": f"#{target(field)}", "label": str(field.label), "text": str(text)}
                for text in field.errors
            ]
        return items

    @property
    def errors_title(self) -> str:
        """How many things are wrong."""
        count = len(self.errors)
        return ngettext(
            "The row was not saved: %(count)d thing to correct",
            "The row was not saved: %(count)d things to correct",
            count,
        ) % {"count": count}

    @property
    def unsaved(self) -> bool:
        """Whether the form holds something that was sent and not saved."""
        return self.form.is_bound

    def _fields(self) -> Sequence[Any]:
        return [field for field in self.form if field.errors]


def target(field: Any) -> str:
    """Return the id of a field's control; of a group of choices that of the first."""
    if field.widget_type == "radioselect":
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


def title(*, is_new: bool, what: str) -> str:
    """Return the title of the form."""
    return _("New row") if is_new else _("Change: %(what)s") % {"what": what}
