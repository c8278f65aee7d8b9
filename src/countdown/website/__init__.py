"""A static site of releases: pages, a feed, badges and pictures, for any web server."""
