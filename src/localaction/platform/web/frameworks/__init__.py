"""The catalogue of frameworks: what each asks, how it is scored, and which data items they share."""
