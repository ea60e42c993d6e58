"""What is odd about a figure, compared with what, and what to do: correct it, or explain it.

Each text is whole sentences, and what fills it is names, numbers and signs: so is a translation by code.
"""

from __future__ import annotations

from localaction.engine.errors import InputError

CORRECT = "Correct it, or explain why it is so."
COMPARE = f"Compare the two years: source, unit, boundary. {CORRECT}"


class TooLow(InputError):
    """A figure lies below what is plausible."""

    code = "plausibility.too_low"
    text = "{label}: {value}. Less than {limit} is not to be expected; limit set by {basis}."
    remedy_text = f"Check the figure and its unit. {CORRECT}"


class TooHigh(InputError):
    """A figure lies above what is plausible."""

    code = "plausibility.too_high"
    text = "{label}: {value}. More than {limit} is not to be expected; limit set by {basis}."
    remedy_text = f"Check the figure and its unit. {CORRECT}"


class Leapt(InputError):
    """A figure is far from that of an earlier year."""

    code = "plausibility.leapt"
    text = (
        "{label}: {value}, and {before} in {before_year}: {moved} from {before_year} to {year}. "
        "More than {limit} a year is not to be expected; limit set by {basis}."
    )
    remedy_text = COMPARE


class LeaptByUnit(InputError):
    """A figure is as far from that of an earlier year as two units are from each other."""

    code = "plausibility.leapt_by_unit"
    text = (
        "{label}: {value}, and {before} in {before_year}: {moved} from {before_year} to {year}. "
        "More than {limit} a year is not to be expected; limit set by {basis}. "
        "The two differ by about {times}: look at the unit first."
    )
    remedy_text = COMPARE


class FellToZero(InputError):
    """A figure is zero that was not in an earlier year."""

    code = "plausibility.fell_to_zero"
    text = "{label}: 0, and {before} in {before_year}."
    remedy_text = "If it is not known, leave it open or give a notation key; if it is zero, explain why."


class SignTurned(InputError):
    """A figure is negative that was positive in an earlier year, or the other way round."""

    code = "plausibility.sign_turned"
    text = "{label}: {value}, and {before} in {before_year}: the sign turned."
    remedy_text = f"Check the sign of both. {CORRECT}"


class BelowPeers(InputError):
    """A figure is far below what comparable places report."""

    code = "plausibility.below_peers"
    text = (
        "{label}: {value}, and {count} {who} report {low} to {high}, with {median} in the middle. "
        "Less than {times} times the lowest of them is not to be expected; limit set by {basis}."
    )
    remedy_text = f"Check the figure, its unit and its boundary. {CORRECT}"


class AbovePeers(InputError):
    """A figure is far above what comparable places report."""

    code = "plausibility.above_peers"
    text = (
        "{label}: {value}, and {count} {who} report {low} to {high}, with {median} in the middle. "
        "More than {times} times the highest of them is not to be expected; limit set by {basis}."
    )
    remedy_text = f"Check the figure, its unit and its boundary. {CORRECT}"


class AtOdds(InputError):
    """Two or more figures do not fit together."""

    code = "plausibility.at_odds"
    text = "{label} ({amounts}). The rule is: {rule}."
    remedy_text = "{fix} Correct one of them, or explain why it is so."
