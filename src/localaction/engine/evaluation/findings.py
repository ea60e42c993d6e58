"""What an evaluation says of the answers: indicator, what was found, and what to do."""

from __future__ import annotations

from localaction.engine.errors import InputError


class OutOfRange(InputError):
    """A value lies outside what the framework allows."""

    code = "evaluation.out_of_range"
    text = "{indicator} comes out as {value} {unit}, outside {low} to {high}; it is not scored."
    remedy_text = "Check the answers it is reckoned from: {items}."


class DividedByZero(InputError):
    """A formula divides by zero."""

    code = "evaluation.divided_by_zero"
    text = "{indicator} cannot be reckoned, because what it is divided by is zero."
    remedy_text = "Check the answers it is reckoned from: {items}."


class CheckFailed(InputError):
    """A rule of the framework about its answers does not hold."""

    code = "evaluation.check_failed"
    text = "{label}. The rule is: {rule}."
    remedy_text = "{fix}"


class UnknownItem(InputError):
    """An answer is to nothing the framework asks."""

    code = "evaluation.unknown_item"
    text = '{framework} does not ask for "{item}". {hint}'
    remedy_text = "Take the answer out, or correct its name."


class WrongKind(InputError):
    """An answer is not what the data item holds."""

    code = "evaluation.wrong_kind"
    text = "{item} is {found}, but it holds {wanted}."
    remedy_text = "Write {wanted}."
