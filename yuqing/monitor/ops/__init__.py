"""Operation: is everything there, does it agree, what to keep, how do the sources fare."""
