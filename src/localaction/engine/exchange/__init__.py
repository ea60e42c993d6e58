"""Reading and writing the files of the world: tables, workbooks, releases. Pure Python, no database."""
