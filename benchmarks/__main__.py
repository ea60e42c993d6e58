"""Run every benchmark: ``python -m benchmarks`` (``make bench``); ``mutation`` runs apart, it takes long."""

import sys

from benchmarks import compute, exchange, landfill, places, release, uncertainty, web

if sys.argv[1:2] == ["mutation"]:
    from benchmarks import mutation

    raise SystemExit(mutation.main(sys.argv[2:]))
compute.main()
uncertainty.main()
exchange.main()
landfill.main()
places.main()
web.main()
release.main()
