"""Checks a row written by a person against its article; different wording alone is not reported."""
