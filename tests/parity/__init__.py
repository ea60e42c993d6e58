"""Every framework beside a second version, written from the document's own words in plain NumPy.

The second versions know nothing of packs, formulas or the engine: they take columns of answers, by data item
and in its unit, and give what the document says. They share the dictionary of data items with the packs, and
nothing else.
"""
