"""Tests of pipeline/viewer."""
