"""How often one address may ask for what takes work: one limit for pages and programs, over all processes."""

from __future__ import annotations

from ninja.throttling import UserRateThrottle

CALCULATIONS = "120/m"  # by one address, or by one person signed in


def calculations() -> UserRateThrottle:
    """Return the limit of calculations; what pages and programs ask counts together."""
    return UserRateThrottle(CALCULATIONS)
