"""Tests of normalizers/legends."""
