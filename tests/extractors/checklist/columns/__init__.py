"""Tests of extractors/checklist/columns."""
