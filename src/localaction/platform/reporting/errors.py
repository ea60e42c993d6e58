"""Refusals of the reporting app."""

from __future__ import annotations

from collections.abc import Sequence

from localaction.engine.errors import Finding, InputError, did_you_mean, shown


class NotAsked(InputError):
    """An answer to something the framework does not ask."""

    code = "reporting.not_asked"
    text = '{framework} does not ask for "{item}".'
    remedy_text = "{hint} The page of the framework lists what it asks."

    def __init__(self, framework: str, item: str, asked: list[str]) -> None:
        super().__init__(framework=framework, item=shown(item), hint=did_you_mean(item, asked))


class KeyNeedsReason(InputError):
    """A notation key without the words that go with it."""

    code = "reporting.key_needs_reason"
    text = '{item}: the key "{key}" ({label}) says nothing without its reason.'
    remedy_text = "Say in a sentence why there is no figure, or where it is counted; nothing was written."


class UnknownKey(InputError):
    """No such notation key."""

    code = "reporting.unknown_key"
    text = '{item}: there is no notation key "{key}".'
    remedy_text = "Choose one of {known}; nothing was written."


class NothingOffered(InputError):
    """The figure that was to be taken over is not there any more."""

    code = "reporting.nothing_offered"
    text = "{item}: the figure that you wanted to take over has changed since you opened the page."
    remedy_text = "Look at what is offered now, and take that over if it is right; nothing was written."


class ReportNotFound(InputError, LookupError):
    """There is no such report for this person."""

    code = "reporting.report_not_found"
    text = "There is no such report, or your role does not let you see it."
    remedy_text = "Look on your desk for the reports you work with."


class NotInThisState(InputError):
    """The report does not stand where this can be done."""

    code = "reporting.not_in_this_state"
    text = "The report is {state}, so nobody can {what} now: that is done while it is {sources}."
    remedy_text = "Reload the page: somebody may have done something in the meantime."


class ReportNotReady(InputError):
    """Findings stand in the way of submitting."""

    code = "reporting.not_ready"
    text = "The report cannot be submitted yet: {count} to settle."
    remedy_text = "Settle what is listed; what has no figure takes a notation key with its reason."

    def __init__(self, findings: Sequence[Finding]) -> None:
        count = "one thing is left" if len(findings) == 1 else f"{len(findings)} things are left"
        super().__init__(count=count)
        self.findings = tuple(findings)


class NotComputed(InputError):
    """The inventory has not been computed since it was changed."""

    code = "publication.not_computed"
    text = "The inventory was changed since it was computed, or never computed."
    remedy_text = "Compute it, look at the totals, then publish."


class NothingNewToSubmit(InputError):
    """What is published already says the same."""

    code = "reporting.nothing_new"
    text = "Nothing changed since the report was published."
    remedy_text = "There is nothing to submit again."


class NothingNewSinceReturned(InputError):
    """What was returned is submitted again without a change."""

    code = "reporting.nothing_new_since_returned"
    text = "Nothing changed since the report was returned, and the reasons it was returned for still stand."
    remedy_text = "Correct what the reasons name, or say in the note why it is right as it stands."


class OnlyVerified(InputError):
    """The place publishes only what was verified."""

    code = "reporting.only_verified"
    text = "{place} publishes only reports that were verified, and this one was not."
    remedy_text = "Submit it for verification. Who looks after the place can change its rule."


class NoSubject(InputError):
    """Nothing is known of how to freeze this kind of report."""

    code = "reporting.no_subject"
    text = "Reports of {framework} cannot be submitted on this site."
    remedy_text = "Install the framework, or a version of the program that knows it."


class NothingAnswered(InputError):
    """A report without any answer."""

    code = "reporting.nothing_answered"
    text = "Nothing of {framework} is answered yet, so there is nothing to report."
    remedy_text = "Answer at least one question, or give a notation key with its reason."


class YearNotReportable(InputError):
    """A year that lies ahead, or before reporting begins."""

    code = "reporting.year_not_reportable"
    text = "{year} cannot be reported on: reports are of {first} to {last}."
    remedy_text = "Name a year from {first} to {last}, such as the last full one."
