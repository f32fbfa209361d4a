"""Tests of extractors/checklist/reshape."""
