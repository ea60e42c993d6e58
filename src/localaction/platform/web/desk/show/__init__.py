"""What the pages of the desk show: plain records made from results, rows and the rule book."""
