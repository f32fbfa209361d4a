"""Tests of pipeline/align/training."""
