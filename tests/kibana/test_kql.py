"""Kibana's parser is asked, so a fault in KQL is seen here and not by an analyst."""

from __future__ import annotations

import pytest

from tests.kibana.kql import fields, to_query


def test_the_parser_says_what_elasticsearch_is_asked() -> None:
    query = to_query('sector: "教育" and not province: (北京市 or 天津市) and window >= "2018-03"')
    assert fields(query) == {"sector", "province", "window"}
    assert fields(to_query("phrase: *植树*")) == {"phrase"}


@pytest.mark.parametrize("text", ["sector: (教育 or 医疗", "sector:", 'title: "互联网+'])
def test_what_is_no_kql_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Expected"):
        to_query(text)
