"""A web of small sites in the markup of real systems, which change in the ways that real sites change."""
