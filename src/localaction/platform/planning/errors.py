"""Refusals of the planning app."""

from __future__ import annotations

from datetime import datetime

from localaction.engine.errors import InputError, did_you_mean, shown


class PartNotFound(InputError, LookupError):
    """There is no such part of a plan, or none that the actor may see."""

    code = "planning.not_found"
    text = "There is no such {kind} that you can see."
    remedy_text = "Look at the plan of the place."


class EditConflict(InputError):
    """Somebody else changed the part in the meantime."""

    code = "planning.edit_conflict"
    text = '{who} changed "{what}" on {when}, after you opened it. Nothing was overwritten.'
    remedy_text = "Compare their version with yours, then save again or keep theirs."

    def __init__(self, what: str, who: str, when: datetime | None, current: int) -> None:
        moment = f"{when:%d %b %Y %H:%M} UTC" if when else "a moment ago"
        super().__init__(what=shown(what), who=who, when=moment)
        self.current = current


class ReasonMissing(InputError):
    """A change of this kind needs a reason."""

    code = "planning.reason_missing"
    text = "A reason is needed: {why}."
    remedy_text = "Say in a few words why; it is kept with the record."


class IsWithdrawn(InputError):
    """A withdrawn part is not changed."""

    code = "planning.is_withdrawn"
    text = '"{what}" is withdrawn.'
    remedy_text = "Bring back one of its earlier versions from its history first."


class StillUsed(InputError):
    """Other parts of the plan rest on the one to be withdrawn."""

    code = "planning.still_used"
    text = '"{what}" cannot be withdrawn: {count} other parts of the plan name it.'
    remedy_text = "Withdraw those, or let them name another, first."


class NothingToUndo(InputError):
    """There is no change left to take back."""

    code = "planning.nothing_to_undo"
    text = "There is no change left to undo."
    remedy_text = ""


class NoSuchVersion(InputError, LookupError):
    """A part has no version of that number."""

    code = "planning.no_such_version"
    text = "There is no version {number} of this."
    remedy_text = "Choose one of its history."


class Missing(InputError):
    """A field must be given."""

    code = "planning.missing"
    text = "{field} is not given{why}."
    remedy_text = "Fill it in."


class UnknownField(InputError):
    """There is no field of that name."""

    code = "planning.unknown_field"
    text = 'There is no field "{name}". {hint}'
    remedy_text = "Remove it, or correct its name."

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name=shown(name), hint=did_you_mean(name, known))


class NotWritable(InputError):
    """A text cannot be kept as it is."""

    code = "planning.not_writable"
    text = "{field} cannot be kept: {problem}."
    remedy_text = "Shorten or correct it."


class NotAnAmount(InputError):
    """The text is no number that can be kept."""

    code = "planning.not_an_amount"
    text = '{field}: "{value}" is not a number that can be kept: {problem}.'
    remedy_text = 'Write digits with "." as the decimal point and no other separators, such as 1234.5.'

    def __init__(self, field: str, value: str, problem: str) -> None:
        super().__init__(field=field, value=shown(value), problem=problem)


class NotAYear(InputError):
    """The text is no year a plan can speak of."""

    code = "planning.not_a_year"
    text = '{field}: "{value}" is not a year from {first} to {last}.'
    remedy_text = "Write four digits, such as 2030."


class NotADay(InputError):
    """The text is no day."""

    code = "planning.not_a_day"
    text = '{field}: "{value}" is not a day.'
    remedy_text = "Write year, month and day, such as 2026-04-30."

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field=field, value=shown(value))


class NotAChoice(InputError):
    """The word is none of those that can be chosen."""

    code = "planning.not_a_choice"
    text = '{field}: "{value}" is none of those that can be chosen. {hint}'
    remedy_text = "Choose one of: {known}."

    def __init__(self, field: str, value: str, known: list[str]) -> None:
        first = ", ".join(known[:20]) + (" and others" if len(known) > 20 else "")
        super().__init__(field=field, value=shown(value), hint=did_you_mean(value, known), known=first)


class NotALink(InputError):
    """The text is no address of a page."""

    code = "planning.not_a_link"
    text = '{field}: "{value}" is not the address of a page.'
    remedy_text = "Write it with https:// at its start."

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field=field, value=shown(value))


class BadMoney(InputError):
    """A cost and its currency do not fit."""

    code = "planning.bad_money"
    text = "The cost cannot be kept: {problem}."
    remedy_text = "Correct cost and currency together."


class EndsTooEarly(InputError):
    """A last day lies before the first."""

    code = "planning.ends_too_early"
    text = "The last day {last} is before the first day {first}."
    remedy_text = "Exchange or correct the two days."


class OfOneThing(InputError):
    """An achievement is of one action or one target."""

    code = "planning.of_one_thing"
    text = "It must be of one action or of one target, and it names {count}."
    remedy_text = "Choose one of the two."


class NoTotal(InputError):
    """The inventory has no figure that the target could rest on."""

    code = "planning.no_total"
    text = "The emissions of {year} cannot be taken from the inventory: {why}."
    remedy_text = "{remedy}"


class BaseNotGiven(InputError):
    """The emissions of the base year are neither typed nor taken from the inventory."""

    code = "planning.base_not_given"
    text = "The emissions of the base year are not given."
    remedy_text = "Type them, or take them from the inventory of that year."


class NotSourced(InputError):
    """A typed figure names no source."""

    code = "planning.not_sourced"
    text = "The emissions of the base year are typed, and nobody can see where they are from."
    remedy_text = "Name the source: document, page, year."


class NotOfThisKind(InputError):
    """A figure belongs to another kind of target."""

    code = "planning.not_of_this_kind"
    text = "{field}: a target of this kind does not use it ({kind})."
    remedy_text = "Empty the field, or choose another kind of target."


class EvidenceNotFound(InputError, LookupError):
    """There is no such file, or none that the actor may see."""

    code = "planning.evidence_not_found"
    text = "There is no such file that you can see."
    remedy_text = "Look at the plan of the place."


class BadEvidence(InputError):
    """A file cannot be attached."""

    code = "planning.bad_evidence"
    text = "The file cannot be attached: {problem}."
    remedy_text = "Choose another file; nothing was kept."
