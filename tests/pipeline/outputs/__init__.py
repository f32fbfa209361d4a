"""Tests of pipeline/outputs."""
