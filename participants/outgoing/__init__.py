"""What goes out of the house by itself: shown before it goes, and the weekly digest for staff."""
