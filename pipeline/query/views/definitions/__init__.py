"""The views over a dataset, a TOML file each: `order`, `about`, `about_ja`, `sql`, `columns`."""
