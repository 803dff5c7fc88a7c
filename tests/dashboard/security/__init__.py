"""Attacks on a running server: what a browser would never send."""
