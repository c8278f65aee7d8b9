"""Tests of what answers of providers say: recorded ones, made ones, and damaged ones."""
