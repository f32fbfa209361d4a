"""Tests of reading pictures of pages."""
