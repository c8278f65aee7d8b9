"""Tests of countdown.commands."""
