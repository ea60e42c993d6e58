"""Run every benchmark: ``python -m benchmarks`` (``make bench``)."""

from benchmarks import compute, web

compute.main()
web.main()
