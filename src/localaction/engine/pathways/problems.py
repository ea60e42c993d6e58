"""What can be wrong with a target before it is a path."""

from __future__ import annotations

from localaction.engine.errors import InputError


class BadTarget(InputError):
    """The figures of a target do not make a path."""

    code = "pathways.bad_target"
    text = "The target cannot be worked out: {problem}"
    remedy_text = "{fix}"

    def __init__(self, problem: str, fix: str, field: str) -> None:
        super().__init__(problem=problem, fix=fix)
        self.field = field
