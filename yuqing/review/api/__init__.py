"""The items for programs: a read-only JSON API with OpenAPI, and feeds (docs/api.md)."""
