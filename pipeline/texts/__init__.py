"""What users are told: messages of issues and errors in English and Japanese, and vendors' text made safe to show."""
