"""The whole of the public data as files: built by a job, served as they are, described by DCAT."""
