"""Methods for urban nature."""
