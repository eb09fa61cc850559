"""What every package shares: the records, the errors, time, URLs, checked YAML and normalised text."""
