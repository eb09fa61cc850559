"""The groups of the command line: keywords, sources, alerts, schedule, archive, index, kibana."""
