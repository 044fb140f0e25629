"""Test vectors shared with every other implementation."""
