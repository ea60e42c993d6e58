"""What is asked and what is known: data only."""

from pathlib import Path

DATA = Path(__file__).parent
