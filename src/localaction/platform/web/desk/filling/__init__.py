"""Forms of frameworks, rendered from packs, and what is still open of each."""
