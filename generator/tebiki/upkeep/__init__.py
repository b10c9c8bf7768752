"""What keeps a handbook in order over the years: what rests on what, what is due, what is to be translated."""
