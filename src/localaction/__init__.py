"""Local Action: what local governments commit, measure and achieve."""

__version__ = "0.1.0"
