"""Real files broken at random, and whether reading them stays calm: `make fuzz MINUTES=10`."""
