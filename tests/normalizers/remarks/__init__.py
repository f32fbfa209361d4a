"""Tests of normalizers/remarks."""
