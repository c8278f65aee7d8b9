"""Tests of countdown.completion."""
