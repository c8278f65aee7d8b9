"""Tests of what is asked over HTTP, with a server on loopback."""
