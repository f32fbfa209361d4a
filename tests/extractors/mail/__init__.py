"""Tests of extractors.mail."""
