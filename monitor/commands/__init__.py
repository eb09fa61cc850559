"""The groups of the command line: keywords, sources, schedule, index, kibana."""
