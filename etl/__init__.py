"""Answers: everything Runder Tisch knows, from a partner's bytes to a rated goal, without a screen."""
