"""What can be wrong with inventories beyond the rows themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from localaction.engine.errors import InputError, did_you_mean, shown


class InventoryNotFound(InputError, LookupError):
    """There is no such inventory, or none that the actor may see."""

    code = "inventories.not_found"
    text = "There is no inventory of {year} for {place} that you can see."
    remedy_text = "Look at your desk for the inventories you work on."


class YearTaken(InputError):
    """The place has an inventory of that year already."""

    code = "inventories.year_taken"
    text = "{place} has an inventory of {year} already."
    remedy_text = "Open that inventory, or choose another year."


class BadInventoryPeriod(InputError):
    """An inventory covers twelve months."""

    code = "inventories.bad_period"
    text = "The period {start} to {end} cannot be that of an inventory: {why}."
    remedy_text = "An inventory covers twelve months: give the first and the last day of one year."


class SourceNotCited(InputError):
    """Figures from a published source carry its citation."""

    code = "inventories.source_not_cited"
    text = "Figures from a published source carry its citation, and this inventory has none."
    remedy_text = "Say who published them, where and when."


class UnknownGwpSet(InputError):
    """There is no such set of warming potentials."""

    code = "inventories.unknown_gwp_set"
    text = 'There is no set of warming potentials "{gwp_set}".'
    remedy_text = "Choose one of {known}."


class ReasonNeeded(InputError):
    """A change of this kind needs a reason."""

    code = "inventories.reason_needed"
    text = "A reason is needed: {why}."
    remedy_text = "Say in a few words why; it is kept with the record."


class EditConflict(InputError):
    """Somebody else changed the row in the meantime."""

    code = "inventories.edit_conflict"
    text = "{who} changed this row on {when}, after you opened it. Nothing was overwritten."
    remedy_text = "Compare their version with yours, then save again or keep theirs."

    def __init__(self, who: str, when: datetime, current: int | None) -> None:
        super().__init__(who=who, when=f"{when:%d %b %Y %H:%M} UTC")
        self.current = current


class RowNotFound(InputError, LookupError):
    """The row is not there, or was removed."""

    code = "inventories.row_not_found"
    text = "This row is no longer there."
    remedy_text = "Look at the cell again; the last changes are listed below the matrix."


class NothingToUndo(InputError):
    """There is no change left to take back."""

    code = "inventories.nothing_to_undo"
    text = "There is no change left to undo."
    remedy_text = ""


class NoChangeNamed(InputError):
    """An undo does not say of which change."""

    code = "inventories.no_change_named"
    text = "It was not said which change to undo, so none was."
    remedy_text = "Choose Undo beside the change that is meant, in the list of all changes."


class UndoBlocked(InputError):
    """Later changes stand on the one to be undone."""

    code = "inventories.undo_blocked"
    text = "{count} of the rows of this change were changed again later, so it cannot be undone alone."
    remedy_text = "Undo the later changes first, newest first."


class UndoContradicts(InputError):
    """What comes back does not fit beside what was entered since."""

    code = "inventories.undo_contradicts"
    text = "This cannot be undone as things stand. {problem}"
    remedy_text = "Undo the later changes of that cell first, newest first, or remove its new rows."


class NothingOpen(InputError):
    """No cell is open that would have to be filled."""

    code = "inventories.nothing_open"
    text = "No cell that {level} requires is open."
    remedy_text = "There is nothing to mark."


class FactorSetNotFound(InputError, LookupError):
    """There is no such set of factors, or none that the actor may see."""

    code = "inventories.factor_set_not_found"
    text = "There is no such set of factors that you can see."
    remedy_text = "Look at the place for its own factors."


class FactorFileTooLarge(InputError):
    """A file of factors is larger than the limit."""

    code = "inventories.factor_file_too_large"
    text = "The file of factors is larger than {limit_mb} MB."
    remedy_text = "Keep only the factors you use."


class SetNeeds(InputError):
    """A set of factors lacks something."""

    code = "inventories.factor_set_needs"
    text = "A set of factors needs {what}."
    remedy_text = "Add it and hand the file in again; nothing was kept."


class FactorSetNameTaken(InputError):
    """The place has a set of that name already."""

    code = "inventories.factor_set_name_taken"
    text = "{place} has a set of factors called {name} already."
    remedy_text = "Add a new edition to that set, or choose another name."


class FactorSetEnded(InputError):
    """An edition of a set is not the one in use."""

    code = "inventories.factor_set_ended"
    text = "Edition {edition} of {name} cannot be changed: {why}."
    remedy_text = "Open the newest edition of the set."


class FactorSetInUse(InputError):
    """Rows name factors of the set."""

    code = "inventories.factor_set_in_use"
    text = "{count} rows name a factor of {name}, edition {edition}; without it they could not be computed."
    remedy_text = "Let those rows take another factor first, or add a new edition instead."


class NothingChanged(InputError):
    """A new edition says the same as the one before."""

    code = "inventories.factor_set_nothing_changed"
    text = "The file holds the same factors as edition {edition} of {name}."
    remedy_text = "There is nothing to keep; hand in a file that differs."


class FactorNotKnown(InputError):
    """There is no such factor."""

    code = "inventories.factor_not_known"
    text = 'There is no factor "{factor}". {hint}'
    remedy_text = "Give both ids as the page of the factor shows them, with the year if it is dated."

    def __init__(self, factor: str, known: Iterable[str]) -> None:
        super().__init__(factor=shown(factor), hint=did_you_mean(factor, known))


class RecalculationNotFound(InputError, LookupError):
    """There is no such recalculation, or none that the actor may see."""

    code = "inventories.recalculation_not_found"
    text = "There is no such recalculation that you can see."
    remedy_text = "Look at the list of recalculations."


class RecalculationNotReady(InputError):
    """A recalculation cannot go on in its state."""

    code = "inventories.recalculation_not_ready"
    text = "The recalculation cannot be applied: {why}."
    remedy_text = "Preview it again and look at what it moves now."


class NothingChosen(InputError):
    """No inventory would change."""

    code = "inventories.nothing_chosen"
    text = "No inventory was chosen that would change."
    remedy_text = "Choose at least one of the list, or leave things as they are."


class ChangedMeanwhile(InputError):
    """Rows were changed while something was prepared for them."""

    code = "inventories.changed_meanwhile"
    text = "Rows of {name} were changed while the file was being worked on; nothing was written."
    remedy_text = "Hand the file in again; the report then says what it would change."


class UndoBlockedByName(InputError):
    """Somebody has worked on what an import made."""

    code = "inventories.undo_blocked_by_name"
    text = (
        "Rows were changed by hand since the import in {count} inventories ({names}), so it cannot be undone."
    )
    remedy_text = "Undo those changes first, in the history of each inventory, or leave the import as it is."
