"""Console screens of readings."""
