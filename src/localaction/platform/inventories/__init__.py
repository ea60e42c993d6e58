"""Inventories of a place: activity rows, their history, and the runs that compute them."""
