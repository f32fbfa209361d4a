"""A picture of a page → what a person reads on it: characters with places, rules, rings; for scans, photos and faxes."""
