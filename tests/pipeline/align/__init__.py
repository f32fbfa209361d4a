"""Tests of how items are aligned with controls."""
