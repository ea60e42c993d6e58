"""Plans of a place: commitments, targets, actions and achievements."""
