"""Inventories of a place: activity rows, their history, uploads, and the runs that compute them."""
