"""Tests of extractors/text."""
