"""The fictional demo district."""
