"""A framework and the answers of a place, or of many: values, scores, totals, levels, findings, trace."""
