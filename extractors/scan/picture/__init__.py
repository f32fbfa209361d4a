"""The picture itself: its file, light, skew, rules, shapes and lines; nothing here knows characters."""
