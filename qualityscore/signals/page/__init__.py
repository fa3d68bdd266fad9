"""Evidence in the HTML: scripts, links, images, structured data."""
