"""Items of all forms → controls of the catalogue: candidates, scores, polarity."""
