"""Tests of the package website: what a site shows, and what a browser makes of it."""
