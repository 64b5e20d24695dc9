"""The pages of the portal, one module a subject; each only translates between HTTP and queries."""
