"""The things that this room moderates itself: boutiques, listings, reviews, messages."""
