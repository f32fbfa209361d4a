"""The dataset on disk: schema, tables, snapshots, the lock of the one writer."""
