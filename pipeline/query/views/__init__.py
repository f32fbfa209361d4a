"""The views over a dataset, one TOML file each, and how they are made."""
