"""Signed documents: keys, detached signatures, and the check that anybody can make without the site."""
