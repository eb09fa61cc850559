"""The one generic spider; sites differ by their records in sources.yaml."""
