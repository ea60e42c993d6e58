"""What stands in the way of publishing."""

from __future__ import annotations

from collections.abc import Sequence

from localaction.engine.errors import Finding, InputError
from localaction.platform.reporting.errors import NotComputed as NotComputed  # it stands in the way of both


class NotReady(InputError):
    """Findings stand in the way."""

    code = "publication.not_ready"
    text = "The inventory cannot be published yet: {count} to settle."
    remedy_text = "Settle what is listed; a cell without a figure takes a notation key with its reason."

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            count="one thing is left" if len(findings) == 1 else f"{len(findings)} things are left"
        )
        self.findings = tuple(findings)


class NothingNew(InputError):
    """What is published already says the same."""

    code = "publication.nothing_new"
    text = "Nothing changed since the inventory was published."
    remedy_text = "There is nothing to publish again."


class CorrectionNeedsReason(InputError):
    """A published document is replaced only with a reason."""

    code = "publication.correction_needs_reason"
    text = "This replaces what is published, and readers will ask why."
    remedy_text = "Say in a few words what was corrected and why."


class NotPublished(InputError, LookupError):
    """There is no published inventory."""

    code = "publication.not_published"
    text = "No inventory of {place}{year} is published."
    remedy_text = "Look at the place for what is there."


class NothingNewToRelease(InputError):
    """The newest release, or an earlier one, holds the same."""

    code = "publication.nothing_new_to_release"
    text = "Release {number} of {day} holds exactly what is published now, so there is nothing to release."
    remedy_text = "Hand that one out. A new one can be built as soon as something else is published."


class ReleasedMeanwhile(InputError):
    """Somebody else published a release while this one was built."""

    code = "publication.released_meanwhile"
    text = "Release {number} was published by somebody else while this one was built; nothing was kept."
    remedy_text = "Build it again if something else is published by now."


class ReleaseNotFound(InputError, LookupError):
    """There is no such release, or no such file in it."""

    code = "publication.release_not_found"
    text = "There is no {what}."
    remedy_text = "Look at the list of releases and their files."


class BuiltUpon(InputError):
    """Somebody published anew what an import brought."""

    code = "publication.built_upon"
    text = "{count} inventories were published anew since the import ({names}), so it cannot be undone."
    remedy_text = "What people published themselves stands; correct those inventories by hand instead."


class SigningKeyBroken(InputError):
    """The private key cannot be used."""

    code = "publication.signing_key_broken"
    text = "The key that signs ({where}) cannot be used: {why}. Nothing can be published without it."
    remedy_text = (
        "Put back the 32 secret bytes as base64. If they are lost, remove the key: a new one is made at the "
        "next start, and what the old one signed stays valid."
    )


class SigningKeyRetired(InputError):
    """The private key was replaced."""

    code = "publication.signing_key_retired"
    text = "The key {key} was {what} on {day} and signs no more, but {where} still holds it."
    remedy_text = "Put the key there that replaced it; `localaction keys list` names it."


class KeyInEnvironment(InputError):
    """The key comes from the environment, where a command cannot replace it."""

    code = "publication.key_in_environment"
    text = "The key that signs comes from LOCALACTION_SIGNING_KEY, which a command cannot change."
    remedy_text = (
        "Put another one there (`head -c 32 /dev/urandom | base64` makes one) and start the site again: "
        "the key before is retired then."
    )


class KeyNeedsReason(InputError):
    """Keys change for a reason that readers can see."""

    code = "publication.key_needs_reason"
    text = "Whoever checks a document will ask why the key {key} is not used any more."
    remedy_text = "Say why in a few words; they are shown on the page of keys."


class UnknownKey(InputError, LookupError):
    """There is no such key."""

    code = "publication.unknown_key"
    text = "There is no key {key} that could be withdrawn. There are: {known}."
    remedy_text = "Take the id from `localaction keys list`."


class ChangedSinceVerified(InputError):
    """What stands now is not what was verified."""

    code = "publication.changed_since_verified"
    text = "The figures were changed since they were verified, so the statement is not one about them."
    remedy_text = "Undo the changes and publish what was verified; correct it afterwards if you have to."


class PublishedElsewhere(InputError):
    """A report that is an inventory is published as one."""

    code = "publication.published_elsewhere"
    text = "This report is an inventory, whose figures become public with it."
    remedy_text = "Publish it from the page of the inventory."


class UnderReview(InputError):
    """Somebody verifies it now."""

    code = "publication.under_review"
    text = "The report is {state}: somebody checks it now, so it cannot be published yet."
    remedy_text = "Reply to what is asked; when the review has ended the report can be published."
