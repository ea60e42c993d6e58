"""Run every benchmark: ``python -m benchmarks`` (``make bench``), or the named ones, as in ``frameworks``.

``mutation`` runs apart, it takes long.
"""

import sys

from benchmarks import compute, exchange, frameworks, landfill, places, release, uncertainty, web

if sys.argv[1:2] == ["mutation"]:
    from benchmarks import mutation

    raise SystemExit(mutation.main(sys.argv[2:]))
PARTS = {
    "compute": compute.main,
    "uncertainty": uncertainty.main,
    "exchange": exchange.main,
    "landfill": landfill.main,
    "frameworks": frameworks.main,
    "places": places.main,
    "web": web.main,
    "release": release.main,
}
if unknown := sorted(set(sys.argv[1:]) - set(PARTS)):
    raise SystemExit(f'There is no benchmark "{unknown[0]}". Name any of: {", ".join(PARTS)}, mutation.')
missed = [name for name in sys.argv[1:] or PARTS if PARTS[name]()]
if missed:
    raise SystemExit(f"Goals are missed: {', '.join(missed)}.")
