"""Reads the files of a handbook into the model."""
