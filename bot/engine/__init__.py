"""Decides what happens, and does nothing: no clock, random, database, files, network or environment."""
