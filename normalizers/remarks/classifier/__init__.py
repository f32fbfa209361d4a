"""A small learnt judge of remarks: whether one limits the yes beside it, and how."""
