"""The starting copies of keywords.yaml, sources.yaml and yuqing.toml, which `yuqing init` lays into a working folder.

In the checkout they are links to the files at the top; the wheel holds the files themselves.
"""
