"""Who may see each address of the site. A new address without a line here fails the build (tests/web/test_access.py).

PUBLIC everybody · ACCOUNT signed in · VENDOR a boutique's own team, foreign objects are 404 · OPERATOR staff alone ·
EDITOR Wagtail's own rights · TOKEN whoever holds the unguessable address · MACHINE signed requests alone.
"""

PUBLIC, ACCOUNT, VENDOR, OPERATOR, EDITOR, TOKEN, MACHINE = "public", "account", "vendor", "operator", "editor", "token", "machine"

# By namespace or by name; the most precise line counts.
POLICIES: dict[str, str] = {
    "catalogue": PUBLIC,
    "vendors": PUBLIC,
    "basket": PUBLIC,
    "checkout": TOKEN,
    "checkout:page": PUBLIC,
    "checkout:towns": PUBLIC,
    "purchases": TOKEN,
    "purchases:list": ACCOUNT,
    "purchases:find": PUBLIC,
    "funding": TOKEN,
    "funding:detail": PUBLIC,
    "funding:pledge_page": PUBLIC,
    "funding:report": PUBLIC,
    "workshop": VENDOR,
    "workshop:apply": ACCOUNT,
    "psp": MACHINE,
    "psp_sandbox": TOKEN,
    "styleguide": PUBLIC,
    "account": ACCOUNT,
    "account_login": PUBLIC,
    "account_signup": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": TOKEN,
    "account_reset_password_from_key_done": PUBLIC,
    "account_confirm_email": TOKEN,
    "account_email_verification_sent": PUBLIC,
    "account_email": ACCOUNT,
    "account_change_password": ACCOUNT,
    "account_set_password": ACCOUNT,
    "account_reauthenticate": ACCOUNT,
    "cooperative": ACCOUNT,
    "mfa_index": ACCOUNT,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": ACCOUNT,
    "mfa_activate_totp": ACCOUNT,
    "mfa_deactivate_totp": ACCOUNT,
    "mfa_generate_recovery_codes": ACCOUNT,
    "mfa_view_recovery_codes": ACCOUNT,
    "mfa_download_recovery_codes": ACCOUNT,
    "operators": OPERATOR,
    "dashboard": OPERATOR,
    "search": PUBLIC,
    "search:alerts": ACCOUNT,
    "search:save": ACCOUNT,
    "search:forget": ACCOUNT,
    "search:unsubscribe": TOKEN,
    "ranking": PUBLIC,
    "media": PUBLIC,
    "robots": PUBLIC,
    "sitemap": PUBLIC,
    "sitemaps": PUBLIC,
    "wagtail_serve": PUBLIC,
    "wagtaildocs_serve": PUBLIC,
    "wagtaildocs_authenticate_with_password": PUBLIC,
    "wagtailcore_authenticate_with_password": PUBLIC,
    "wagtailcore_login": PUBLIC,
}
# Oscar's dashboard keeps its sections in namespaces of their own; Wagtail's admin does the same under /cms/.
OPERATOR_PREFIX, EDITOR_PREFIX = "/gestion/", "/cms/"
DASHBOARD_DOORS = {"dashboard:login", "dashboard:logout"}
