"""Reading catalogue files and settling their questions."""
