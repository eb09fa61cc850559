"""What the spider's pages go through inside this package: the archive first, the URL state last."""
