"""Offices of the association: which countries and places each looks after."""
