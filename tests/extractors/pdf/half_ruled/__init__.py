"""Tests of extractors/pdf/tables."""
