"""What stands in the way of assigning, reviewing and deciding."""

from __future__ import annotations

from localaction.engine.errors import InputError


class MayNotVerify(InputError):
    """The person has no right to verify here."""

    code = "verification.may_not_verify"
    text = "{who} has no role with which to verify reports of {place}."
    remedy_text = "Give them the role of a verifier first, or choose somebody who has it."


class ConflictOfInterest(InputError):
    """Nobody checks what they have a part in."""

    code = "verification.conflict_of_interest"
    text = "{who} cannot verify this report: {why}. Nobody checks what they have a part in."
    remedy_text = "Assign somebody who neither works for the place nor touched the figures."


class AlreadyAssigned(InputError):
    """The person is assigned already."""

    code = "verification.already_assigned"
    text = "{who} is assigned to this report already."
    remedy_text = "There is nothing more to do; assign somebody else beside them if you like."


class NotAssigned(InputError):
    """Only who is assigned reviews."""

    code = "verification.not_assigned"
    text = "This report is not assigned to {who}."
    remedy_text = "Whoever looks after the reports of this place can assign it."


class NotDeclared(InputError):
    """The verifier has not declared that they have no part in the report."""

    code = "verification.not_declared"
    text = "Before a review begins, the verifier declares to have no part in the report."
    remedy_text = "Tick the declaration if it is true; if it is not, say so to whoever assigned you."


class TextNeeded(InputError):
    """Something has to be said."""

    code = "verification.text_needed"
    text = "{what} needs a text: {why}."
    remedy_text = "Write it in a few plain words."


class BadDueDate(InputError):
    """The place would have no time to reply."""

    code = "verification.bad_due_date"
    text = "The reply cannot be due on {day}: that is not after today."
    remedy_text = "Give a day that leaves the place time to look."


class LineNotSampled(InputError, LookupError):
    """The line is not in the sample."""

    code = "verification.line_not_sampled"
    text = "There is no line {key} in the sample of this review."
    remedy_text = "Choose one of the lines that the page lists."


class FigureNotThere(InputError, LookupError):
    """The figure is not in the document."""

    code = "verification.figure_not_there"
    text = "There is no figure {key} in what was submitted."
    remedy_text = "Choose one of the figures that the page lists."


class QueryNotFound(InputError, LookupError):
    """There is no such query."""

    code = "verification.query_not_found"
    text = "There is no such query on this report, or your role does not let you see it."
    remedy_text = "Look on the page of the report for its queries."


class QuerySettled(InputError):
    """The query is over."""

    code = "verification.query_settled"
    text = "This query is settled already."
    remedy_text = "Ask a new one if something is left to ask."


class RightOfReply(InputError):
    """The place has time left to reply."""

    code = "verification.right_of_reply"
    text = "The place has the right to reply first, until {day} (queries that wait: {count})."
    remedy_text = "Wait for the reply or for that day."


class StillOpen(InputError):
    """Lines or queries are left."""

    code = "verification.still_open"
    text = (
        "The statement cannot be signed yet. Lines of the sample to look at: {lines}; "
        "queries to settle: {queries}."
    )
    remedy_text = "Look at each line, and settle each query."


class BadStatement(InputError):
    """Level or opinion are not among those there are."""

    code = "verification.bad_statement"
    text = "A statement has a level of assurance (limited or reasonable) and an opinion; {what} is neither."
    remedy_text = "Choose both from the lists."


class AlreadyDecided(InputError):
    """Somebody else decided meanwhile."""

    code = "verification.already_decided"
    text = "Somebody else decided on this review in the meantime: it is {outcome}."
    remedy_text = "Reload the page to see the decision."
