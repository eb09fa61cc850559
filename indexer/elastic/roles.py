"""What each kind of user may do; the least that works (tests/store/test_elastic_security.py tries it)."""

from __future__ import annotations

from typing import Any

from elasticsearch import Elasticsearch

from indexer.elastic.names import Names


def roles(names: Names) -> dict[str, dict[str, Any]]:
    """Role bodies by name: set-up (``yuqing index init``), run-time (crawl, retag, review) and analyst (Kibana)."""
    everything = [f"{names.prefix}-*"]
    return {
        f"{names.prefix}-setup": {
            "cluster": ["monitor", "manage_index_templates"],
            "indices": [{"names": everything, "privileges": ["manage", "read", "index", "delete"]}],
        },
        f"{names.prefix}-runtime": {
            "cluster": ["monitor"],
            "indices": [
                {
                    "names": everything,
                    # delete is for documents; an index can be made (the next month's) but not deleted.
                    "privileges": [
                        "read",
                        "index",
                        "delete",
                        "create_index",
                        "view_index_metadata",
                        "monitor",
                        "maintenance",
                    ],
                }
            ],
        },
        f"{names.prefix}-analyst": {
            "cluster": [],
            "indices": [{"names": everything, "privileges": ["read", "view_index_metadata"]}],
        },
    }


def put_roles(client: Elasticsearch, names: Names) -> list[str]:
    """Write the roles with an administrator's client; their names."""
    for name, body in roles(names).items():
        client.security.put_role(name=name, **body)
    return list(roles(names))
