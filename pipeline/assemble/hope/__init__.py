"""Whether each answer is the one that a buyer hopes for."""
