"""Article in, tags out: ``classify(article, rules) -> Tags``, every tag with its evidence.

Takes an :class:`~yuqing.core.records.Article` and the rules of keywords.yaml; gives
:class:`~yuqing.core.records.Tags`. No I/O but the rules' own files. May import yuqing.core.
"""

from classifiers.classifier import classify

__all__ = ["classify"]
