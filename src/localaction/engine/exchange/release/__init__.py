"""A release: everything that is published as tables a reader can recompute, and the check that they agree."""
