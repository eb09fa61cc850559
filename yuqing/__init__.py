"""The program around the three packages at the top: core, demo, monitor, review.

``core`` holds the records and small helpers that everything may import; ``review`` the monthly window and its report;
``monitor`` the command line, the runs and their operation; ``demo`` a web on loopback to try it all on. What may
import what stands under [tool.importlinter] in pyproject.toml.
"""
