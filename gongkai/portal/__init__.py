"""The public web site."""
