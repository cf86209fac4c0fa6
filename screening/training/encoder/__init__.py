"""The classifier: its examples, its network, its fit and its export (docs/how-a-post-is-read.md)."""
