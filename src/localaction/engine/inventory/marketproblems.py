"""What can be wrong with market-based rows of grid energy, each with what to do about it."""

from __future__ import annotations

from localaction.engine.errors import InputError


class UnknownBasis(InputError):
    """A basis is neither location nor market."""

    code = "inventory.unknown_basis"
    text = '"{value}" is not a basis of grid energy.'
    remedy_text = "Write market for contracts, certificates and residual mixes; else leave it empty."


class MarketElsewhere(InputError):
    """A market-based row stands in a cell that is not for grid energy."""

    code = "inventory.market_elsewhere"
    text = "The row is market-based, but the cell {ref} is not for grid energy."
    remedy_text = "Empty the column basis, or move the row to a cell of grid energy such as {example}."


class MarketFactorMissing(InputError):
    """A market-based row has no factor of a contract, and no residual mix is on file."""

    code = "inventory.market_factor_missing"
    text = (
        "A market-based row uses the factor of its contract or certificate, and none is pinned; "
        "a residual mix for what no contract covers is not on file{where}."
    )
    remedy_text = (
        "Pin the supplier's factor in the column factor (add it to your own factors with its source), "
        "{zero} for certificates of zero emissions, or give the emissions directly."
    )


class MarketFactorInTotal(InputError):
    """A location-based row pins the factor of a contract, certificate or residual mix."""

    code = "inventory.market_factor_in_total"
    text = (
        "The factor {factor} is of a contract, certificate or residual mix, and the row would count in a "
        "total, where grid energy is location-based."
    )
    remedy_text = "Write market in the column basis, or leave the factor to be chosen."


class MarketCoverage(InputError):
    """Market-based rows do not cover what the location-based ones do."""

    code = "inventory.market_coverage"
    text = (
        "The market-based rows of {ref} cover {market} MWh, the location-based ones {location} MWh "
        "({percent})."
    )
    remedy_text = (
        "Both describe the same energy: give what no contract covers with the residual mix, "
        "or correct the amounts."
    )


class MarketWithoutEnergy(InputError):
    """Market-based emissions are given without the energy they are of."""

    code = "inventory.market_without_energy"
    text = (
        "Market-based emissions of {ref} are given directly, so it is not known how much of the energy they "
        "cover."
    )
    remedy_text = "Give the energy with its supplier factor, if you have it."
