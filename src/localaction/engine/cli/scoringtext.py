"""A rule of scoring in one line."""

from __future__ import annotations

from localaction.engine.packs.frameworks import Scoring


def scoring_text(scoring: Scoring) -> str:
    """Return a rule of scoring in one line."""
    if scoring.kind == "bands":
        parts = []
        for band in scoring.bands:
            end = f"below {band.below:g}" if band.below is not None else None
            end = end or (f"to {band.to:g}" if band.to is not None else "above")
            parts.append(f"{end}: {band.score:g}")
        return ", ".join(parts)
    if scoring.kind == "ladder":
        return ", ".join(f"{answer}: {score:g}" for answer, score in scoring.ladder.items())
    return f"{scoring.kind}, " + ", ".join(f"{key} {value:g}" for key, value in scoring.numbers.items())
