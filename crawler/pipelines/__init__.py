"""What the spider's pages go through inside this package: the archive first, the URL memory last.

Takes and gives the spider's records. May import crawler and yuqing.core.
"""
