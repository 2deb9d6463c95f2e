"""Lotsen: from a text message to help. docs/architecture.md shows the rooms of the house."""
