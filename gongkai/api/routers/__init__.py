"""The resources of the API, one module each; they only translate."""
