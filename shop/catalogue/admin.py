"""Oscar's admin of this app, unchanged: without it Django's check fails with admin.E039."""

from oscar.apps.catalogue.admin import *  # noqa: F403
