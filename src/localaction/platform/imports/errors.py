"""What can be wrong with an import beyond the rows of its file."""

from __future__ import annotations

from localaction.engine.errors import InputError


class ImportNotFound(InputError, LookupError):
    """There is no such import, or none that the actor may see."""

    code = "imports.not_found"
    text = "There is no such import that you can see."
    remedy_text = "Look at the list of imports on your desk, or run `localaction import list`."


class UnknownImporter(InputError, LookupError):
    """There is no importer of that name."""

    code = "imports.unknown_importer"
    text = 'There is no importer "{importer}". {hint}'
    remedy_text = "Choose one of those."


class UnknownMode(InputError):
    """There is no such way to apply a file."""

    code = "imports.unknown_mode"
    text = 'The file cannot be handed in: there is no way "{mode}" to apply it.'
    remedy_text = "Choose {known}."


class WrongTarget(InputError):
    """The importer applies to something else."""

    code = "imports.wrong_target"
    text = "{importer} applies to {applies_to}, not to what it was given."
    remedy_text = "{fix}"


class NotInState(InputError):
    """What is asked for does not fit the state of the import."""

    code = "imports.not_in_state"
    text = "This import cannot be {what}: {why}."
    remedy_text = "{fix}"


class RowsChanged(InputError):
    """Rows changed since the file was checked."""

    code = "imports.rows_changed"
    text = "This import cannot be applied: {what} since it was checked."
    remedy_text = "Hand the file in again; the report then says what it would replace."


class Interrupted(InputError):
    """The work on a file ended before it was done, several times."""

    code = "imports.interrupted"
    text = "The work on this file was interrupted {attempts} times before it was done; nothing was written."
    remedy_text = "Try again, or hand in a smaller file; the log of the worker says what happened."


class Unexpected(InputError):
    """Something failed that should not have."""

    code = "imports.unexpected"
    text = "The file could not be worked on because of a fault in the program; nothing of it was written."
    remedy_text = (
        "Tell whoever runs this site; the log of the worker names the fault at the time of this import."
    )


class FileTooLarge(InputError):
    """The file is larger than the site takes."""

    code = "imports.file_too_large"
    text = "The file is larger than {limit_mb} MB, the most this site takes; nothing was kept."
    remedy_text = "Split it, or compute it with `localaction inventory compute`, which has no limit."


class MappingNotFound(InputError, LookupError):
    """There is no saved mapping of that name."""

    code = "imports.mapping_not_found"
    text = 'There is no saved mapping "{name}" here. {hint}'
    remedy_text = "Map the columns once in the browser and save the mapping under a name."


class BadMapping(InputError):
    """A mapping of columns does not fit."""

    code = "imports.bad_mapping"
    text = "{problem}"
    remedy_text = "{fix}"
