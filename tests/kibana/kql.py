"""KQL as Kibana translates it for Elasticsearch: what the objects and the documents use of it."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|>=|<=|[()<>:]|[^\s()<>:"]+)')


def to_query(text: str) -> Json:
    """The query of a KQL expression; an empty one matches everything. Raises ValueError where it is no KQL."""
    return _Parser(text).parse() if text.strip() else {"match_all": {}}


def fields(query: Any) -> set[str]:
    """The fields that a query of :func:`to_query` names."""
    if isinstance(query, list):
        return {name for part in query for name in fields(part)}
    if not isinstance(query, dict):
        return set()
    found: set[str] = set()
    for key, value in query.items():
        if key in ("match", "match_phrase", "range"):
            found |= set(value)
        elif key == "exists":
            found.add(value["field"])
        elif key == "query_string":
            found |= set(value["fields"])
        else:
            found |= fields(value)
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        if "".join(self.tokens) != re.sub(r'\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', "", text):
            raise ValueError(f"not understood: {text}")

    def parse(self) -> Json:
        query = self._any()
        if self.tokens:
            raise ValueError(f"left over: {self.tokens}")
        return query

    def _any(self) -> Json:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}

    def _all(self) -> Json:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}}

    def _one(self) -> Json:
        if self._take("not"):
            return {"bool": {"must_not": self._one()}}
        if self._take("("):
            return self._close(self._any())
        field = self.tokens.pop(0)
        sign = self.tokens.pop(0) if self.tokens else ""
        if sign in (">=", "<=", ">", "<"):
            name = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt"}[sign]
            return {"range": {field: {name: self.tokens.pop(0).strip('"')}}}
        if sign != ":":
            raise ValueError(f"a field and a colon were expected at {field} {sign}")
        return self._values(field)

    def _values(self, field: str) -> Json:
        if not self._take("("):
            return _value(field, self.tokens.pop(0))
        parts, word = [_value(field, self.tokens.pop(0))], self.tokens[0]
        while self._take(word) and word in ("and", "or"):
            parts.append(_value(field, self.tokens.pop(0)))
            if self.tokens[0] == ")":
                break
        joined = (
            {"bool": {"filter": parts}} if word == "and" else {"bool": {"should": parts, "minimum_should_match": 1}}
        )
        return self._close(joined)

    def _close(self, query: Json) -> Json:
        if not self._take(")"):
            raise ValueError("a closing parenthesis is missing")
        return query

    def _take(self, token: str) -> bool:
        if self.tokens and self.tokens[0].lower() == token:
            self.tokens.pop(0)
            return True
        return False


def _value(field: str, value: str) -> Json:
    if value == "*":
        return {"exists": {"field": field}}
    if value.startswith('"'):
        return {"match_phrase": {field: value[1:-1].replace('\\"', '"')}}
    if "*" in value:
        return {"query_string": {"fields": [field], "query": value}}
    return {"match": {field: value}}
