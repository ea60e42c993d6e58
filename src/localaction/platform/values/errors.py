"""Refusals of the values app."""

from __future__ import annotations

from datetime import datetime

from localaction.engine.errors import InputError, did_you_mean, shown


class EditConflict(InputError):
    """Somebody saved the same thing since this editor opened it."""

    code = "values.edit_conflict"
    text = (
        "{who} changed {what} on {when}, after you opened it. "
        "Your change was not saved, so that theirs is not lost."
    )
    remedy_text = "Look at the new state, then enter your change again if it still holds."

    def __init__(self, what: str, who: str, when: datetime | None) -> None:
        moment = when.strftime("%Y-%m-%d %H:%M UTC") if when else "a moment ago"
        super().__init__(what=what, who=who, when=moment)


class NotANumber(InputError):
    """The text is no decimal number, or none a computer's number can hold."""

    code = "values.not_a_number"
    text = '"{value}" is not a decimal number that can be computed with.'
    remedy_text = 'Write digits with "." as the decimal point and no other separators, such as 1234.5.'

    def __init__(self, value: str) -> None:
        super().__init__(value=shown(value))


class BadFigure(InputError):
    """What is said about a figure does not fit together."""

    code = "values.bad_figure"
    text = "{item} of {place} cannot be kept: {problem}"
    remedy_text = "Correct it and try again; nothing was written."

    def __init__(self, item: str, place: str, problem: str) -> None:
        super().__init__(item=item, place=place, problem=problem)


class NotAnAnswer(InputError):
    """What was entered is not what the data item holds."""

    code = "values.not_an_answer"
    text = "{item} is {found}, but it takes {wanted}."
    remedy_text = "Enter {wanted}; what was there before still holds."

    def __init__(self, item: str, found: str, wanted: str) -> None:
        super().__init__(item=item, found=found, wanted=wanted)


class ExplanationNeeded(InputError):
    """An explanation without words."""

    code = "values.explanation_needed"
    text = "The explanation is empty, so the remark about this figure stands."
    remedy_text = "Say in a sentence why the figure is right as it is, or correct the figure."


class UnknownCheck(InputError):
    """An explanation of what no check finds."""

    code = "values.unknown_check"
    text = 'There is no check "{check}", so nothing was explained.'
    remedy_text = "Open the page again and explain what stands there."

    def __init__(self, check: str) -> None:
        super().__init__(check=shown(check))


class UnknownItem(InputError):
    """No pack defines this data item."""

    code = "values.unknown_item"
    text = 'There is no data item "{item}".'
    remedy_text = "{hint} Data items are defined in packs/items."

    def __init__(self, item: str, known: list[str]) -> None:
        super().__init__(item=shown(item), hint=did_you_mean(item, known))


class SameFigureTwice(InputError):
    """One batch holds two figures for one key."""

    code = "values.same_figure_twice"
    text = "{item} of {place} for {year} is given twice in one batch; which of the two holds is unclear."
    remedy_text = "Remove one of the two; nothing was written."

    def __init__(self, item: str, place: str, year: int) -> None:
        super().__init__(item=item, place=place, year=year)


class EvidenceTooLarge(InputError):
    """A file is larger than the site takes."""

    code = "values.evidence_too_large"
    text = "The file is larger than {limit_mb} MB, the most this site takes; nothing was kept."
    remedy_text = "Send a smaller one: split it, or leave out what is not needed."
