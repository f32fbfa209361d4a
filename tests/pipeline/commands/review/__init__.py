"""The commands by which people decide."""
