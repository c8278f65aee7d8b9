"""Reads sources of live facts again, and puts what they say into their layers."""
