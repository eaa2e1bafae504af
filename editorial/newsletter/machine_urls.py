"""Where mail services tell what became of our mails; each asks for ANYMAIL_WEBHOOK_SECRET. Services that need a library of their own are left out."""

from anymail import urls as anymail_urls

SERVICES = ("brevo", "mailjet", "mailtrap", "postmark", "resend", "sendgrid", "sparkpost")

app_name = "anymail"
urlpatterns = [pattern for pattern in anymail_urls.urlpatterns if pattern.name in {f"{name}_tracking_webhook" for name in SERVICES}]
