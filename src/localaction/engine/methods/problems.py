"""What can be wrong with the input of a method: which input, where in it, what was found, what to do."""

from __future__ import annotations

from typing import Self

from localaction.engine.errors import InputError, did_you_mean, shown

Index = tuple[int, ...]


class InputProblem(InputError):
    """Base of what is wrong with one input.

    Parameters
    ----------
    name : str
        The input, as the function names it.
    index : tuple of int
        Where in it, counted from 0; empty for the whole.
    """

    code = "methods.input"
    text = "{where} cannot be used."

    def __init__(self, name: str, index: Index = (), **params: object) -> None:
        self.name, self.index = name, tuple(int(position) for position in index)
        super().__init__(**{"where": position_text(name, self.index), **params})

    def located(self, where: str) -> Self:
        """Return the same problem with its place in other words, such as ``Waste, year 2004, food``."""
        return type(self)(self.name, self.index, **{**self.params, "where": where})


def position_text(name: str, index: Index) -> str:
    """Return ``waste[3, 0]``, or the name alone."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name


class MissingInput(InputProblem):
    """An input that is needed is not given."""

    code = "methods.missing_input"
    text = "{where} is missing; without it nothing can be computed."
    remedy_text = "Give it as {form}."


class MissingValue(InputProblem):
    """A value is missing inside an input."""

    code = "methods.missing_value"
    text = "{where} is missing; a missing value is not zero."
    remedy_text = "Write the value, or 0 if it is zero."


class NotANumber(InputProblem):
    """Something else stands where a number is needed."""

    code = "methods.not_a_number"
    text = "{where} is {found}, which is no number."
    remedy_text = "Write a number such as 1234.5, without quotes and separators of thousands."


class NotFinite(InputProblem):
    """A number has no finite value."""

    code = "methods.not_finite"
    text = "{where} is not a finite number."
    remedy_text = "Write the value in full."


class NotWhole(InputProblem):
    """A whole number is needed."""

    code = "methods.not_whole"
    text = "{where} is {found}, which is no whole number."
    remedy_text = "Write a whole number such as {example}."


class TooLow(InputProblem):
    """A number is below its range."""

    code = "methods.too_low"
    text = "{where} is {value}; it must be {bound}."
    remedy_text = "Correct the value, or its unit."


class TooHigh(InputProblem):
    """A number is above its range."""

    code = "methods.too_high"
    text = "{where} is {value}; it must be {bound}."
    remedy_text = "Correct the value, or its unit."


class UnknownChoice(InputProblem):
    """A text is none of the choices."""

    code = "methods.unknown_choice"
    text = '{where} is "{value}", which is none of the choices. {hint}'
    remedy_text = "Choose one of: {known}."

    def __init__(self, name: str, index: Index = (), **params: object) -> None:
        if "hint" not in params and isinstance(known := params.get("known"), list):
            params["hint"] = did_you_mean(str(params["value"]), known)
            params["known"] = ", ".join(known)
        super().__init__(name, index, **{**params, "value": shown(str(params["value"]))})


class NotAText(InputProblem):
    """Something else stands where a text is needed."""

    code = "methods.not_a_text"
    text = "{where} is {found}, which is no text."
    remedy_text = "Write a text in quotes."


class NotAList(InputProblem):
    """One value stands where a list is needed."""

    code = "methods.not_a_list"
    text = "{where} is {found}, but it holds one value for each {dimension}."
    remedy_text = "Write a list of values in brackets."


class NotOneValue(InputProblem):
    """A list stands where one value is needed."""

    code = "methods.not_one_value"
    text = "{where} is {found}, but one value is needed there."
    remedy_text = "Write the value alone, without brackets."


class WrongLength(InputProblem):
    """A list is longer or shorter than the others along a dimension."""

    code = "methods.wrong_length"
    text = "{where} has {found} for {dimension}, but {other} has {expected}."
    remedy_text = "Give as many values to both."


class BadSize(InputProblem):
    """A list is empty or too long."""

    code = "methods.bad_size"
    text = "{where} has {found} for {dimension}; it may have 1 to {limit}."
    remedy_text = "Give at least one value, and at most that many at once."


class UnknownEntry(InputProblem):
    """An entry is named that a dimension does not have."""

    code = "methods.unknown_entry"
    text = 'There is no {dimension} "{entry}" in {where}. {hint}'
    remedy_text = "Name those of the method: {known}."


class NoLength(InputProblem):
    """Nothing given says how long a dimension is."""

    code = "methods.no_length"
    text = "Nothing that was given says how many entries {dimension} has, so {where} cannot be filled in."
    remedy_text = "Give an input that has a value for each {dimension}."


class NoDefault(InputProblem):
    """A parameter table has no value for what was chosen."""

    code = "methods.no_default"
    text = "{where} was not given, and {table} has no value for {wanted}."
    remedy_text = "Give the value yourself, with its source, or choose what the table has."


class WrongUnit(InputProblem):
    """A unit does not measure what the input needs."""

    code = "methods.wrong_unit"
    text = '{where} is given in "{unit}", which cannot be brought to {expected}.'
    remedy_text = "Give the value in {expected}, or in a unit that measures the same."


class GrossUnit(InputProblem):
    """The energy of fuel is given as gross calorific where net is needed."""

    code = "methods.gross_unit"
    text = '{where} is given in "{unit}", which is gross calorific; the energy of fuels is net here.'
    remedy_text = (
        "Give it in a unit that says nothing of gross, such as {expected}, and what is net over gross in the "
        "input of that name; where there is none, turn it into net first."
    )


class BadSum(InputProblem):
    """Shares do not add up."""

    code = "methods.bad_sum"
    text = "{where} sums to {found}, but the shares must sum to {expected}."
    remedy_text = (
        "Correct the shares; what is left over belongs to a share of its own, such as other or inert."
    )


class NotIncreasing(InputProblem):
    """Years do not follow each other."""

    code = "methods.not_increasing"
    text = "{where} is {value}, after {before}; the years must follow each other one by one."
    remedy_text = "Give every year once, in order; write 0 for the amount of a year without any."


class MoreThanOther(InputProblem):
    """A value is larger than another it is part of."""

    code = "methods.more_than"
    text = "{where} is {value}, more than {other}, which is {limit}."
    remedy_text = "Correct one of the two; a part cannot be larger than the whole."


class UnknownInput(InputError):
    """An input is given that the method does not have."""

    code = "methods.unknown_input"
    text = 'The method has no input "{name}". {hint}'
    remedy_text = "Remove it, or correct its name; the inputs are {known}."

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name=shown(name), hint=did_you_mean(name, known), known=", ".join(known))


class UnknownMethod(InputError):
    """There is no such method."""

    code = "methods.unknown"
    text = 'There is no method "{method}". {hint}'
    remedy_text = "`localaction method list` shows all."

    def __init__(self, method: str, known: list[str]) -> None:
        super().__init__(method=shown(method), hint=did_you_mean(method, known))


class UnknownExample(InputError):
    """A method has no such worked example."""

    code = "methods.unknown_example"
    text = 'The method {method} has no worked example "{example}". {hint}'
    remedy_text = "Its examples are {known}."

    def __init__(self, method: str, example: str, known: list[str]) -> None:
        hint = did_you_mean(example, known)
        super().__init__(method=method, example=shown(example), hint=hint, known=", ".join(known) or "none")


class NotAnObject(InputError):
    """The inputs are not a JSON object."""

    code = "methods.not_an_object"
    text = "The inputs are {found}, not an object of names and values."
    remedy_text = 'Write {{"name": value, ...}} with the names of the inputs.'


class TooLarge(InputError):
    """A result is beyond what a number can hold."""

    code = "methods.too_large"
    text = "{output} is too large to be a number with these inputs."
    remedy_text = "Correct the inputs; one of them is far outside of what occurs."


class UnknownPotentials(InputError):
    """There is no such set of warming potentials."""

    code = "methods.unknown_potentials"
    text = 'There is no set of warming potentials "{name}". {hint}'
    remedy_text = "The sets are {known}."

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name=shown(name), hint=did_you_mean(name, known), known=", ".join(known))
