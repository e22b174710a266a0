"""What every paper of a track shows: its words, its logo and who signs. Data, set on a page."""
