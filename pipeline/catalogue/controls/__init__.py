"""The controls that are shipped: a TOML file a domain, with `also`, `must` and `must_not` to find them by."""
