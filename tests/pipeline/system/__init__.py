"""Tests of pipeline/system."""
