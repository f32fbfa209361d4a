"""Tests of pipeline/assemble."""
