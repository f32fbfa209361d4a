"""Tests of extractors/pdf/page."""
