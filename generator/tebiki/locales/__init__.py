"""The generator's own words, a folder for each language."""
