"""Cited values: the protocol, fuels, warming potentials, emission factors, sources."""
