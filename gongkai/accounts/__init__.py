"""Staff, mandates and who may do what."""
