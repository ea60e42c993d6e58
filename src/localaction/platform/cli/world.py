"""The countries and cities of the world, brought into the database when its edition is new."""

from __future__ import annotations

from localaction.platform.cli.terminal import counted


def ensure_places() -> str:
    """Load the reference geography if the database lacks this edition; return in words what was done."""
    from localaction.platform.accounts.rights import OPERATOR  # models need the settings
    from localaction.platform.places import geography

    if geography.is_loaded():
        return ""
    done = geography.load(actor=OPERATOR)
    if done is None:
        return ""
    text = f"Added {done.added:,} countries and cities from GeoNames (CC BY 4.0)."
    return f"{text} Matched {counted(done.matched, 'place')} that were there." if done.matched else text
