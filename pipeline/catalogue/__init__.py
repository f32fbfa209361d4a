"""The controls that items of all forms are aligned with: one TOML file a domain (controls/)."""
