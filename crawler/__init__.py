"""Page in, article out: sources, spiders, list adapters, decoding, extraction, archive."""
