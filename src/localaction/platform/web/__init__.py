"""Pages: what visitors read and officers work with. Reads through queries, writes through services."""
