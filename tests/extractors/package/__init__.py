"""Tests of extractors/package."""
