"""The importers, one module each."""
