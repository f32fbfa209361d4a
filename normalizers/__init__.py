"""Words to meaning: pure functions, each with its vocabulary in a TOML file beside it."""
