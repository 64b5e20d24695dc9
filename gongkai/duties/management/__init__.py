"""Commands of the register of duties."""
