"""What is trained and measured: the open corpus, and evaluations that need labelled data."""
