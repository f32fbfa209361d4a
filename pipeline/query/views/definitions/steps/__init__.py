"""Views that other views are built from, a TOML file each; their names begin with an underscore, analysts do not see them."""
