"""Controls of technology: access, authentication, encryption, data, development, logs, networks, vulnerabilities."""
