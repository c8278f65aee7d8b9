"""Tests of countdown.journal."""
