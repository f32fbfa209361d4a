"""Tests of extractors/checklist/rows."""
