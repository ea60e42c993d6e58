"""Every figure of a place: heads that say what a figure is about, append-only revisions that say what it was."""
