"""What can be wrong with, or is to be known about, an inventory as a whole."""

from __future__ import annotations

from localaction.engine.errors import InputError


class LongPeriod(InputError):
    """A period is longer than a year."""

    code = "inventory.long_period"
    text = "The period {period} has {days} days, but an inventory is of one reporting year."
    remedy_text = (
        "Give twelve months: a calendar year such as 2019, or a fiscal year such as 2019-04-01/2020-03-31."
    )


class MemoGas(InputError):
    """A gas is not among those the protocol counts."""

    code = "inventory.memo_gas"
    text = (
        "{gas} is not among the gases that {protocol} counts, so its {tonnes} t stand beside the inventory "
        "and are in no total."
    )
    remedy_text = "Nothing needs to be done; leave the row out if the gas is not to be reported."
