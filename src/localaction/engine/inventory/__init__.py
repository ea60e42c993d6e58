"""Activity rows and factors become lines, cells and totals, with uncertainty and the way back."""
