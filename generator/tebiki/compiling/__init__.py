"""From the Handbook to the staged tree, which a builder turns into HTML."""
