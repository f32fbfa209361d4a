"""Tests of pipeline/execution."""
