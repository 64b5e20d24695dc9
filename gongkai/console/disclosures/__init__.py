"""Console screens of disclosures."""
