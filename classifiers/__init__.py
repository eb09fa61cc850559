"""Derives an article's tags: ``classify(article, rules) -> Tags``, every tag with its evidence.

Takes an :class:`~yuqing.core.records.Article` and the rules of keywords.yaml; returns
:class:`~yuqing.core.records.Tags`. No I/O except reading the rules' own files. May import yuqing.core.
"""

from classifiers.classifier import classify

__all__ = ["classify"]
