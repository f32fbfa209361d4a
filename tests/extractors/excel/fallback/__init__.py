"""Tests of extractors/excel/fallback."""
