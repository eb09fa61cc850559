"""Article in, tags out: ``classify(article, rules) -> Tags``, every tag with its evidence."""
