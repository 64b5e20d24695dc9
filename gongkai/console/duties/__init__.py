"""Console screens of the register of duties."""
