"""Greenhouse gases of cities, by sector."""
