"""Acts on catalogues."""
