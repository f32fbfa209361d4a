"""An item beside the controls of the catalogue: what speaks for a control, what rules it out, its twins, and the direction."""
