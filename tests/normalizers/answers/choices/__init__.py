"""Tests of normalizers/answers."""
