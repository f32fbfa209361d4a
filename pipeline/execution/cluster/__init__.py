"""Reading files on the machines of a dask cluster: needs the extra `cluster`, and is imported where that is asked for."""
