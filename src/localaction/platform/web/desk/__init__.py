"""The desk: what officers of a place see and do when they are signed in."""
