"""A row that a person wrote against its article: what it says that the article does not; other words are let be."""
