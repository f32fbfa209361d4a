"""Tests of extractors/excel/objects."""
