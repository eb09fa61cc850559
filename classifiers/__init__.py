"""Article in, tags out: ``classify(article, rules) -> Tags``, every tag with its evidence."""

from classifiers.classifier import classify

__all__ = ["classify"]
