"""Targets as paths over years, and how emissions stand against them."""
