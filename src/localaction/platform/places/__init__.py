"""Places: names, identifiers, facts over time, part-of links, merges that leave redirects."""
