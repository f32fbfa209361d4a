"""Tests of extractors/excel/number_format."""
