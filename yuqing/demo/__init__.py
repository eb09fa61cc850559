"""The demo web: news sites in miniature, served on loopback under their real URLs, for `yuqing demo` and tests."""
