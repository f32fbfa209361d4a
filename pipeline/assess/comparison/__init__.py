"""A dataset in, how every vendor stands on every control out: what comparisons and reports are made of."""
