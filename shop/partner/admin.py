"""Oscar's admin of this app, unchanged: without it Django's check fails with admin.E039."""

from oscar.apps.partner.admin import *  # noqa: F403
