"""The Handbook and what can be said of it without reading or writing a file."""
