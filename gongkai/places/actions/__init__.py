"""Acts on divisions and bodies: what changes, spreadsheets in and out."""
