"""Tests of extractors/checklist/terms."""
