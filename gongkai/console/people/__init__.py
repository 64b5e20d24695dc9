"""Console screens of people."""
