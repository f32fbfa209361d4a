"""Pictures of marks that the classifier in extractors/marks learns from and is tested on."""
