"""A body's meeting from planning to what is kept of it: who may do what, and the transactions."""
