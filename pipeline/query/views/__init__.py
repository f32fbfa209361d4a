"""The views over a dataset, one TOML file each (definitions/), and how they are made."""
