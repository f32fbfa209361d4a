"""Raw folders and datasets in object storage (S3)."""
