"""Tests of extractors/word."""
