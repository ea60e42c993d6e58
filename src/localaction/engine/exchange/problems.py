"""What can be wrong with a file that is handed in, each with what to do about it."""

from __future__ import annotations

from localaction.engine.errors import InputError


class UnknownKind(InputError):
    """The file is none of the kinds that are read."""

    code = "exchange.unknown_kind"
    text = '"{name}" is {found}, which is not read here.'
    remedy_text = "Save it as an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV UTF-8."


class WrongExtension(InputError):
    """The name says one kind, the content is another."""

    code = "exchange.wrong_extension"
    text = 'The name "{name}" ends in {extension}, but the file is {found}.'
    remedy_text = "Save the file again as what its name says, or give it its right name."


class EmptyFile(InputError):
    """There are no bytes."""

    code = "exchange.empty"
    text = '"{name}" is empty.'
    remedy_text = "Save the file again and hand that in."


class TooLarge(InputError):
    """One of the limits is passed."""

    code = "exchange.too_large"
    text = "{what} {found}; at most {limit} are read."
    remedy_text = "{fix}"

    def __init__(self, what: str, found: str, limit: str, fix: str) -> None:
        super().__init__(what=what, found=found, limit=limit, fix=fix)


class Bomb(InputError):
    """A small archive unpacks to far more than any table of that size would."""

    code = "exchange.bomb"
    text = 'The part "{part}" of the workbook unpacks to more than {ratio} times its size; no table does.'
    remedy_text = "Copy the table into a new workbook and save that."


class TooSlow(InputError):
    """Reading took too long."""

    code = "exchange.too_slow"
    text = "Reading the file took more than {seconds} seconds of processor time; it was stopped."
    remedy_text = "Copy the table into a new workbook without formats and other sheets, and save that."


class Damaged(InputError):
    """The file cannot be unpacked or read."""

    code = "exchange.damaged"
    text = '"{name}" is damaged and cannot be read ({why}).'
    remedy_text = "Save or send the file again; the copy may have been cut off."


class Encrypted(InputError):
    """The file is locked by a password."""

    code = "exchange.encrypted"
    text = '"{name}" is protected by a password, so its content cannot be read.'
    remedy_text = "Remove the password (File, Info, Protect workbook) and save it again."


class HasMacros(InputError):
    """The workbook carries a program."""

    code = "exchange.macros"
    text = '"{name}" holds macros, that is, a program; only data are read here.'
    remedy_text = "Save it as a workbook without macros (.xlsx)."


class LinksOutside(InputError):
    """Values of the workbook come from another file."""

    code = "exchange.links"
    text = '"{name}" takes values from other files (external links), which cannot be checked here.'
    remedy_text = "Break the links (Data, Edit links, Break link), so that their values stay, and save it."


class Entities(InputError):
    """The XML inside declares entities or a document type."""

    code = "exchange.entities"
    text = 'The part "{part}" of the workbook declares entities or a document type, as no spreadsheet does.'
    remedy_text = "Copy the table into a new workbook and save that."


class OddMarkup(InputError):
    """The XML inside is written in a way that no spreadsheet program writes."""

    code = "exchange.odd_markup"
    text = 'The part "{part}" of the workbook is written in a way that is not read ({why}).'
    remedy_text = "Open it in a spreadsheet program and save it again as .xlsx."


class NoSheets(InputError):
    """There is no sheet with cells."""

    code = "exchange.no_sheets"
    text = '"{name}" holds no sheet with a table.'
    remedy_text = "Write the table into a sheet, with its column names in one row."


class FormulaInRow(InputError):
    """A formula stands where a value is read."""

    code = "exchange.formula_in_row"
    text = (
        "A formula stands in {cell}. Formulas are not computed here, and the value saved with one "
        "may be old or was never computed."
    )
    remedy_text = "Copy the column and paste it as values, then hand the file in again."


class FormulaRead(InputError):
    """Formulas were found; none is computed."""

    code = "exchange.formula_read"
    text = (
        'The sheet "{sheet}" holds {count} formulas, the first in {cell}; formulas are not computed, '
        "and a row with one in a column that is read is refused."
    )
    remedy_text = "Paste the columns that are read as values; formulas elsewhere do no harm."


class FormulaWithoutValue(InputError):
    """A formula has no saved value."""

    code = "exchange.formula_without_value"
    text = "A formula stands in {cell} without a value."
    remedy_text = "Open the file in a spreadsheet program and save it, or paste the value."


class ErrorValue(InputError):
    """A cell shows an error instead of a value."""

    code = "exchange.error_value"
    text = "{cell} holds an error, such as #N/A or #REF!, instead of a value."
    remedy_text = "Correct the formula, or write the value."


class MergedCells(InputError):
    """Cells of the table are merged."""

    code = "exchange.merged"
    text = (
        'The cells {cells} of the sheet "{sheet}" are merged, so it is unclear which rows or columns their '
        "value is for."
    )
    remedy_text = "Unmerge them and write the value into each cell it is for."


class BeyondHeader(InputError):
    """A row of a text file has more fields than there are column names."""

    code = "exchange.beyond_header"
    text = 'The row has {found} fields, the header {expected}; the one too many begins with "{value}".'
    remedy_text = "Quote a field that holds a separator, or name the further columns."


class BesideTable(InputError):
    """Something stands to the right of the table."""

    code = "exchange.beside_table"
    text = "{cell} and perhaps others stand to the right of the last column name and are not read."
    remedy_text = "Give the column a name if it belongs to the table."


class HiddenSheet(InputError):
    """The table is on a sheet that the workbook does not show."""

    code = "exchange.hidden_sheet"
    text = 'The table was found on the sheet "{sheet}", which is hidden.'
    remedy_text = "Check that it is the one that is meant."


class TwoHeaders(InputError):
    """Column names stand in more than one row."""

    code = "exchange.two_headers"
    text = 'In the sheet "{sheet}" the rows {first} and {second} both hold column names.'
    remedy_text = "Keep one row of column names; split two tables into two files."


class NoLayout(InputError):
    """No row looks like the header of a table that is known."""

    code = "exchange.no_layout"
    text = 'No row of "{name}" looks like the column names of {layouts}.'
    remedy_text = "{nearest} The column names must stand in one row above the data."
