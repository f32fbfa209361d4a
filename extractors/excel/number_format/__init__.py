"""Number formats: a stored value becomes the text that a person sees."""
