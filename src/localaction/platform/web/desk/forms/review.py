"""Forms of submitting, assigning, reviewing and replying. Rules stand in the services; forms only read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SHORT = forms.Textarea(attrs={"rows": 3})
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Plain(forms.Form):
    """A form whose fields the server checks, so that every message is ours."""

    use_required_attribute = False


class SubmitForm(Plain):
    """What the place says along with what it submits."""

    note = forms.CharField(
        label=_("Note to the verifier"), required=False, widget=SHORT,
        help_text=_("What changed, what is unusual, what was corrected since it was returned."),
    )  # fmt: skip


class ReasonForm(Plain):
    """A reason that stays in the record."""

    reason = forms.CharField(label=_("Reason"), required=False, widget=SHORT)


class AssignForm(Plain):
    """Who is to verify."""

    verifier = forms.ChoiceField(
        label=_("Verifier"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose somebody.")},
    )  # fmt: skip

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["verifier"]
        field.choices = people


class DeclareForm(Plain):
    """The declaration to have no part in the report."""

    no_part_in_it = forms.BooleanField(
        label=_("I neither work for this place nor had a part in these figures, and gain nothing from them."),
        required=False,
    )


class LineForm(Plain):
    """What comparing a line with its evidence found."""

    line = forms.CharField(widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label=_("Your finding on this line"), widget=forms.RadioSelect,
        choices=[
            ("agrees", _("Accept: figure and evidence agree")),
            ("differs", _("Accept with a difference that is not material; the note says which")),
        ],
        error_messages={"required": _("Choose what you found.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note, published with the statement"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AskForm(Plain):
    """A query on a figure."""

    line = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(
        label=_("Your question"), widget=SHORT, error_messages={"required": _("Write what you want to know.")}
    )
    due_on = forms.DateField(
        label=_("Reply by"), widget=DAY, error_messages={"required": _("Say by which day.")}
    )

    def __init__(self, lines: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.choices = [("", _("the report as a whole")), *lines]


class ReplyForm(Plain):
    """What the place replies."""

    text = forms.CharField(
        label=_("Your reply"), widget=SHORT, error_messages={"required": _("Write your reply.")},
        help_text=_("Name file and page of the evidence. The verifier reads it; so can everybody later."),
    )  # fmt: skip


class SettleForm(Plain):
    """What came of a query."""

    text = forms.CharField(
        label=_("What came of it, or what you still want to know"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say it in a few words.")},
    )  # fmt: skip
    due_on = forms.DateField(label=_("Reply by, if you ask again"), widget=DAY, required=False)


class StatementForm(Plain):
    """The statement."""

    level = forms.ChoiceField(
        label=_("Level of assurance"), widget=forms.RadioSelect,
        choices=[
            ("limited", _("Limited: checks and queries brought nothing to light that speaks against it")),
            ("reasonable", _("Reasonable: enough evidence was seen to say that it is right")),
        ],
        error_messages={"required": _("Choose how much was done to be sure.")},
    )  # fmt: skip
    opinion = forms.ChoiceField(
        label=_("Opinion"), widget=forms.RadioSelect,
        choices=[
            ("unmodified", _("Without reservation")),
            ("qualified", _("With reservations, which the statement names")),
        ],
        error_messages={"required": _("Choose your opinion.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Statement"), widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the statement.")},
        help_text=_("What was checked, against what, and what you conclude. Everybody can read it."),
    )  # fmt: skip
    signed_as = forms.CharField(
        label=_("Signed as"), max_length=200,
        error_messages={"required": _("Write the name under which it is published.")},
        help_text=_("Name of your organisation, or your own if you wish."),
    )  # fmt: skip


class ReturnForm(Plain):
    """Why a report goes back to the place."""

    reasons = forms.CharField(
        label=_("Reasons"), widget=SHORT, error_messages={"required": _("Say what has to be corrected.")},
        help_text=_("The place corrects and submits again. The reasons are published with the report."),
    )  # fmt: skip
