"""The monthly window: draft rows, the report and the review page."""
