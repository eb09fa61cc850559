"""The demo web: pages written for this project, served on loopback under the real URLs."""
