"""Tests of pipeline/dataset."""
