"""What the commands say, in English and Japanese, a TOML file a subject."""
