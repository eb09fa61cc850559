"""What a site says of itself: its lists found, read and scored without a record, and a record's faults with a mend.

Plain functions over pages; crawler/spiders/probe.py fetches for them.
"""
