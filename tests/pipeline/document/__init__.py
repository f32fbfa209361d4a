"""Tests of pipeline/document."""
