"""Publishing: one frozen document for each published inventory, and what visitors read."""
