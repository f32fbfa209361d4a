"""What is only seen when columns, or layouts, are laid beside each other."""
