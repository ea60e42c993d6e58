"""Verification: who checks what, with which sample, what was asked and replied, and the statement."""
