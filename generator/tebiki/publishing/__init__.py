"""From a built site to a version on the publishing branch, beside the earlier ones."""
