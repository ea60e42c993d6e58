"""Imports: a file is kept, mapped, tried, applied as a whole, reported and undone; one way for every kind."""
