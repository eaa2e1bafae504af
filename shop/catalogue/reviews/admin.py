"""Oscar's admin of reviews, unchanged."""

from oscar.apps.catalogue.reviews.admin import *  # noqa: F403
