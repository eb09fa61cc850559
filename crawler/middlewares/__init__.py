"""Manners: redirects stay on the source's hosts, refusing hosts are left alone."""
