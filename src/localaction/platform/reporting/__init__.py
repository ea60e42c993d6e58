"""What a place answers to frameworks: filled from what is known, gaps, reports and their submission."""
