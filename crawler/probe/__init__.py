"""Examining a site: finding, reading and scoring its lists without a record, and fixing a record's faults.

Plain functions over pages; crawler/spiders/probe.py does the fetching.
"""
