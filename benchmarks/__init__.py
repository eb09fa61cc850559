"""Speed of each job compared with a baseline: ``python -m benchmarks`` (benchmarks/__main__.py)."""
