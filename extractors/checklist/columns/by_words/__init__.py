"""Header rows and column roles by the words known for them, and by content where the words leave something open."""
