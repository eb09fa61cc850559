"""Speed, each job beside a baseline: ``python -m benchmarks`` (benchmarks/__main__.py)."""
