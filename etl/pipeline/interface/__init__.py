"""The interface paper's own transactions: its list of steps, and what houses say about their lines."""
