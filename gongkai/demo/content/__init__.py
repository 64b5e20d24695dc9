"""The fictional district 云溪区: its places, bodies, catalogues and texts. Nobody in it exists."""
