"""Acts on people and mandates."""
