"""Standard catalogues in force."""
