"""The flow from a folder of received sheets to Parquet tables, and the commands around it."""
