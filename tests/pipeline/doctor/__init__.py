"""The checks of `checksheet doctor`."""
