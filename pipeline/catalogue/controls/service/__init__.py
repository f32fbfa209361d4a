"""Controls of the running service: availability, backup, operations, data centres, service levels, end of service."""
