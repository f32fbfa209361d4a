"""`python -m pipeline` is the command `checksheet`."""

from pipeline.cli import main

main()
