"""Tagged items in, answers out: Elasticsearch, the embedded store, Kibana objects, reprint clusters."""
