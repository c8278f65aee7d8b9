"""Tests of refreshing live facts."""
