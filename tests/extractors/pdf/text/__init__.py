"""Tests of extractors/pdf/text."""
