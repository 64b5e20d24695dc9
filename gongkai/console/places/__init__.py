"""Console screens of places."""
