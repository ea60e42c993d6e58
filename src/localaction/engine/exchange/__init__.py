"""Reading and writing the files of the world: tables, workbooks, releases. Pure Python, no database.

The way of a file: `sheets.read_workbook` (bytes to typed cells, within `limits.Limits`) ->
`layout.detect` (which table is it, where is its header) -> `layout.propose` (source columns to targets, as a
`layout.ColumnMapping` that people correct and that is kept) -> `records.apply` (rows for the rules of
`engine.inventory`, with the file's own row numbers). Beside it: `c40` reads the GPC workbook of C40,
`inventory_workbook` writes and reads one inventory as .xlsx, `csvsafe` writes CSV that starts no formula.
"""
