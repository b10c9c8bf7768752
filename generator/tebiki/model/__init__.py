"""The handbook as values, and everything that follows from it without reading or writing a file."""
