"""The acts on duties, one file each."""
