"""What stands in the way of building or checking a release."""

from __future__ import annotations

from localaction.engine.errors import InputError


class FolderNotEmpty(InputError):
    """The folder for a release holds something already."""

    code = "release.folder_not_empty"
    text = "{folder} is not an empty folder. A release is never mixed with other files."
    remedy_text = "Name a folder that does not exist yet, or empty this one."


class NothingPublished(InputError):
    """There is nothing to release."""

    code = "release.nothing_published"
    text = "No inventory is published, so there is nothing to release."
    remedy_text = "Publish an inventory first; with LOCALACTION_DEMO=1, `localaction demo load` brings some."


class UnknownProtocol(InputError):
    """A document follows a protocol whose rules are not on file."""

    code = "release.unknown_protocol"
    text = "The inventory {inventory} follows the protocol {protocol}, whose rules are not on file."
    remedy_text = "Without its rules nobody could add the totals up. Build with a version that has them."


class NoRelease(InputError):
    """A folder holds no release."""

    code = "release.no_release"
    text = "{folder} holds no release: there is no {name} in it."
    remedy_text = "Name the folder that `localaction release build` made, or into which you unpacked one."
