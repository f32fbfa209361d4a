"""Controls of the vendor's organisation: governance, people, contracts, suppliers, assets, incidents, certificates."""
