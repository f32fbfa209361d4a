"""What the operating system does for us: files written whole, sealed, and fingerprints of code."""
