"""The editor in the browser: the configuration of Sveltia CMS for a handbook, and the folder that it is served from."""
