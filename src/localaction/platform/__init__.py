"""Who, when, approved: the Django apps."""
