"""Blocks of StreamField bodies: text, pictures, commerce; `streams.py` puts them together."""
