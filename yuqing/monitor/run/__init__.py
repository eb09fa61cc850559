"""One run: a page on its way into the store, by crawl, replay, rebuild or recovery; and the report out of it."""
