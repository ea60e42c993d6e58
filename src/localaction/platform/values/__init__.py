"""Every figure of a place: heads say what a figure is about, append-only revisions what it was."""
