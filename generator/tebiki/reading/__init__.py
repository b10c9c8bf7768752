"""From the files to the Handbook."""
