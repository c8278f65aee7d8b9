"""Tests of countdown.formats."""
