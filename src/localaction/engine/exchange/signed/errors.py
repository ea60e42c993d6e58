"""What can be wrong with a document, its signature and its keys; each with an exit status of its own."""

from __future__ import annotations

from typing import ClassVar

from localaction.engine.errors import InputError


class SignedError(InputError):
    """Something of a signed document does not hold."""

    code = "signed"
    status: ClassVar[int] = 2


class BrokenFile(SignedError):
    """A file is not what it must be."""

    code = "signed.broken_file"
    text = "{name} cannot be read as {kind}: {why}."
    remedy_text = "Download it again; if it stays so, tell whoever runs the site."


class NoSuchFile(SignedError):
    """The file that is to be checked is not there."""

    code = "signed.no_such_file"
    text = "There is no file {path}."
    remedy_text = "Name the bundle (ZIP) or the document (JSON) that you downloaded."


class FileMissing(SignedError):
    """A file that is needed beside the document is not there."""

    code = "signed.file_missing"
    text = "There is no {kind} for {name}: {path} is not there."
    remedy_text = "Download the bundle (ZIP), which holds all three, or name the file with {option}."


class DocumentChanged(SignedError):
    """The document is not the one that was signed."""

    code = "signed.document_changed"
    status = 3
    text = (
        "{name} is not the document that was signed: its SHA-256 is {found}, the signature is for {signed}. "
        "Its content was changed, or the signature belongs to another document."
    )
    remedy_text = "Do not rely on it; download the document and its signature again from the site."


class DocumentRewritten(SignedError):
    """The document says the same in other bytes."""

    code = "signed.document_rewritten"
    status = 3
    text = (
        "{name} says the same as the document that was signed, but its bytes were rewritten (other spaces or "
        "another order), so its SHA-256 is {found} and not {signed}."
    )
    remedy_text = "A program that opened and saved it does that. Download the document again from the site."


class SignatureWrong(SignedError):
    """The signature was not made by the key it names."""

    code = "signed.signature_wrong"
    status = 4
    text = "The signature was not made by the key {key} over this document: its bytes do not fit."
    remedy_text = (
        "The signature was changed or forged. Download it again from the site; do not rely on this one."
    )


class KeyUnknown(SignedError):
    """The key that signed is not among those known."""

    code = "signed.key_unknown"
    status = 5
    text = "The key {key} that signed is not in {name}, which knows {known}."
    remedy_text = (
        "The document was signed by somebody else, or the list of keys is older than the signature. "
        "Get the list anew from the page /keys/ of the site that published the document."
    )


class KeyNotInUse(SignedError):
    """The key was not in use when it signed."""

    code = "signed.key_not_in_use"
    status = 6
    text = "The key {key} was in use {span}, and the signature says {signed}."
    remedy_text = "A key signs only while it is in use. Ask whoever runs the site how this came about."


class KeyWithdrawn(SignedError):
    """The key was withdrawn because others may have it."""

    code = "signed.key_withdrawn"
    status = 6
    text = (
        "The key {key} was withdrawn {day}, so what it signed proves nothing any more. Reason given: {reason}"
    )
    remedy_text = "The site signed its documents again with a newer key: download the signature anew."


class FiguresDeviate(SignedError):
    """Totals do not follow from the document's own lines."""

    code = "signed.figures_deviate"
    status = 7
    text = "{count} of the figures do not follow from the document's own lines:{listed}"
    remedy_text = "The file is as it was signed; the figures in it are wrong. Tell whoever published it."


class ContentOther(SignedError):
    """What was published is not what was verified."""

    code = "signed.content_other"
    status = 8
    text = (
        "The document names the submission {said}, but its own content has the SHA-256 {found}. "
        "What was verified is not what was published."
    )
    remedy_text = "The file is as it was signed. Ask whoever published it how this came about."
