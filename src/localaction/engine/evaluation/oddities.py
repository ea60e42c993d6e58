"""What is odd about a figure, compared with what, and what to do: correct it, or explain it."""

from __future__ import annotations

from localaction.engine.errors import InputError

CORRECT = "Correct it, or explain why it is so."


class TooLow(InputError):
    """A figure lies below what is plausible."""

    code = "plausibility.too_low"
    text = "{label}: {value}. Less than {limit} is not to be expected ({basis})."
    remedy_text = f"Check the figure and its unit. {CORRECT}"


class TooHigh(InputError):
    """A figure lies above what is plausible."""

    code = "plausibility.too_high"
    text = "{label}: {value}. More than {limit} is not to be expected ({basis})."
    remedy_text = f"Check the figure and its unit. {CORRECT}"


class Leapt(InputError):
    """A figure is far from that of an earlier year."""

    code = "plausibility.leapt"
    text = (
        "{label}: {value}, and {before} in {before_year}: {moved} in {years}. "
        "More than {limit} a year is not to be expected ({basis}).{hint}"
    )
    remedy_text = f"Compare the two years: source, unit, boundary. {CORRECT}"


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


class UnlikePeers(InputError):
    """A figure is far outside what comparable places report."""

    code = "plausibility.unlike_peers"
    text = (
        "{label}: {value}, and {count} {who} report {low} to {high}, with {median} in the middle: "
        "it is {limit} ({basis})."
    )
    remedy_text = f"Check the figure, its unit and its boundary. {CORRECT}"


class AtOdds(InputError):
    """Two or more figures do not fit together."""

    code = "plausibility.at_odds"
    text = "{label} ({amounts}). The rule is: {rule}."
    remedy_text = "{fix} Correct one of them, or explain why it is so."
