"""Tests of normalizers/values."""
