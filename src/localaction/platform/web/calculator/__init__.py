"""Calculators: the form, the result and the files of a method, made from its declaration."""
