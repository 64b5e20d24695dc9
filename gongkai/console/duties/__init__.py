"""Console screens of duties."""
