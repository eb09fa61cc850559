"""Scrapy's commands that are told more here."""
