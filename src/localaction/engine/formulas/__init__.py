"""The expression language of packs: parsed, checked for names, kinds and units, walked by two backends."""
