"""Run every benchmark: ``python -m benchmarks`` (``make bench``)."""

from benchmarks import compute, landfill, web

compute.main()
landfill.main()
web.main()
