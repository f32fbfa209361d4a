"""Figures, dates, spans of time and organisations in Japanese text."""
