"""Tests of normalizers/responses."""
