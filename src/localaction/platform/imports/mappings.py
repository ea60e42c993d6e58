"""Mappings of columns: chosen by a person, kept by name."""

from __future__ import annotations
