"""Tests of the readers of web pages and XML spreadsheets."""
