"""The only writers of verification."""

from localaction.platform.verification.assigning import assign, step_back, unassign
from localaction.platform.verification.deciding import return_report, sign_statement
from localaction.platform.verification.reviewing import (
    ask,
    ask_again,
    begin_review,
    declare,
    lines_of,
    look_at,
    reply,
    settle,
)

__all__ = [
    "ask",
    "ask_again",
    "assign",
    "begin_review",
    "declare",
    "lines_of",
    "look_at",
    "reply",
    "return_report",
    "settle",
    "sign_statement",
    "step_back",
    "unassign",
]
