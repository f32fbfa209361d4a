"""What the program needs of the operating system: atomic writes, sealed files, fingerprints of its own code."""
