"""Files of a handbook in one form of YAML: written by a command or a form in the browser, they look the same."""
