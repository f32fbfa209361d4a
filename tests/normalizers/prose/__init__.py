"""Tests of normalizers/language."""
