"""Whether the machine and a dataset are sound, and how to mend what is not."""
