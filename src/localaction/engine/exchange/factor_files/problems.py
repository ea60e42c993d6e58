"""What can be wrong with a published table of factors."""

from __future__ import annotations

from localaction.engine.errors import InputError


class UnknownLayout(InputError):
    """A layout is named that is not known, or a file is of none."""

    code = "exchange.unknown_layout"
    text = "{file} is not read: {why}."
    remedy_text = (
        "Known are {known}. Hand in the table as it was published, or write the factors you need into an own "
        "factor table with the columns of the documentation."
    )


class NotThisLayout(UnknownLayout):
    """A file is of no layout that is known, or not of the one that was named."""


class UnreadableTable(InputError):
    """A file cannot be read as what it is."""

    code = "exchange.unreadable_table"
    text = "{file} cannot be read: {why}."
    remedy_text = "Download it again from its publisher, and do not change it."


class UnknownColumn(InputError):
    """A column of values is asked for that the layout does not have."""

    code = "exchange.unknown_column"
    text = 'The table "{layout}" has no column of values "{column}".'
    remedy_text = "{fix}"


class NothingTaken(InputError):
    """No row of a table could be taken."""

    code = "exchange.nothing_taken"
    text = "Nothing of {file} could be taken{where}."
    remedy_text = "Compare the place and the column that you asked for with the table."
