"""Users in Django's admin: Oscar's own admin needs them registered with search fields."""

from django.contrib import admin

from lapinblanc.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "first_name", "last_name", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    list_filter = ("is_staff", "is_active")
    readonly_fields = ("password", "last_login", "date_joined")
