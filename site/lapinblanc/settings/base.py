"""What holds in every environment. Apps by room; secrets, database and hosts come from the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  Oscar's documented way of setting its defaults

from lapinblanc.settings.accounts import *  # noqa: F403
from lapinblanc.settings.accounts import LOGIN_URL
from lapinblanc.settings.database import data_folder, database
from lapinblanc.settings.env import env_list, env_str

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = data_folder(ROOT)

INSTALLED_APPS = [
    # our rooms
    "lapinblanc.accounts",
    "lapinblanc.audit",
    "lapinblanc.styleguide",
    "lapinblanc.jobs",
    "lapinblanc.search",
    "lapinblanc.cooperative",
    "lapinblanc.privacy",
    "lapinblanc.bridge",
    "lapinblanc.demo",
    "shop.vendors",
    "shop.commissions",
    "shop.ledger",
    "shop.psp",
    "shop.psp.providers.sandbox",
    "shop.prices",
    "shop.funding",
    "shop.coupons",
    "shop.messaging",
    "shop.feedback",
    "shop.favourites",
    "shop.moderation",
    "shop.opening",
    "shop.importing",
    "shop.exporting",
    "shop.statistics",
    "shop.bulk",
    "shop.workshop",
    "editorial.apps.EditorialConfig",
    "editorial.images.apps.EditorialImagesConfig",
    "editorial.campaigns",
    "editorial.newsletter",
    "editorial.discussion",
    "editorial.authorship",
    "editorial.proposals",
    "editorial.reports",
    # Wagtail
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    # Django
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.flatpages",
    "django.contrib.humanize",
    # Oscar, with our forks in place of its own
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "shop.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "shop.shipping.apps.ShippingConfig",
    "shop.catalogue.apps.CatalogueConfig",
    "shop.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "shop.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "shop.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "treebeard",
    "django_tables2",
    # accounts, jobs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "auditlog",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "editorial.campaigns.middleware.SwitchMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lapinblanc.audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lapinblanc.bridge.paths.PlainPaths",
    "lapinblanc.accounts.two_factor.TwoFactorMiddleware",
    # The site as of a date: all that follows runs in a transaction that is rolled back.
    "lapinblanc.bridge.as_of.AsOfMiddleware",
    "shop.baskets.middleware.BasketMiddleware",
    "editorial.authorship.gate.CreatorsDoor",
    "editorial.reports.middleware.RedirectMiddleware",
    # Last, as its documentation asks, so that it sees every failed login.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lapinblanc.urls"
WSGI_APPLICATION = "lapinblanc.wsgi.application"
THEME = env_str("LB_THEME", "lapinblanc")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "themes" / THEME / "templates", ROOT / "themes" / "base" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "lapinblanc.bridge.context.site_frame",
            ],
            "builtins": ["lapinblanc.bridge.templatetags.frame"],
        },
    }
]

DATABASES = {"default": database(ROOT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [ROOT / "site" / "lapinblanc" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Paris"
SITE_ID = 1

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "themes" / THEME / "static", ROOT / "themes" / "base" / "static"]
# Copies of people's data, made for them alone: never under an address of the web server.
EXPORTS_ROOT = Path(env_str("LB_EXPORTS_ROOT", str(DATA_DIR / "exports")))
# What a boutique shows in confidence (pictures of the making): read through views that ask who is reading.
# What people attach to messages: handed out by views alone.
PRIVATE_ROOT = Path(env_str("LB_PRIVATE_ROOT", str(DATA_DIR / "private")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env_str("LB_MEDIA_ROOT", str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Oscar
OSCAR_SHOP_NAME = "Lapin Blanc"
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "EUR"
OSCAR_CURRENCY_FORMAT = "#,##0.00 ¤"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_EAGER_ALERTS = False
OSCAR_FROM_EMAIL = env_str("LB_FROM_EMAIL", "Lapin Blanc <bonjour@lapinblanc.example>")
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL
# Where somebody whose words were hidden asks for a second look.
APPEAL_EMAIL = env_str("LB_APPEAL_EMAIL", "recours@lapinblanc.example")
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "last_name", "line1", "line4", "postcode", "country")
# No offers or vouchers of Oscar's yet: what a basket shows is what our own quote charges.
OSCAR_OFFERS_IMPLEMENTED_TYPES: list[str] = []
OSCAR_HIDDEN_FEATURES = ["wishlists"]
OSCAR_INITIAL_ORDER_STATUS = "placed"
OSCAR_INITIAL_LINE_STATUS = "placed"
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_RECENTLY_VIEWED_PRODUCTS = 0
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = None
OSCAR_SLUG_ALLOW_UNICODE = False
OSCAR_THUMBNAILER = "shop.catalogue.pictures.WillowThumbnailer"
# Oscar imports its search app's core module, which reads this; no search runs through it.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

# --- Wagtail
WAGTAIL_SITE_NAME = "Lapin Blanc"
WAGTAILADMIN_BASE_URL = env_str("LB_BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "editorial_images.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "editorial.images.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "odt", "ods", "pdf", "txt"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Hours are typed and shown in Paris time, whoever types them.
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
# Addresses and passwords change under /compte/ alone, where they are confirmed and noted.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/compte/login/"

# --- jobs
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- the marketplace
BASE_URL = WAGTAILADMIN_BASE_URL
SEARCH_ENGINE = env_str("SEARCH_ENGINE", "postgres")
ELASTICSEARCH_URL = env_str("ELASTICSEARCH_URL", "http://127.0.0.1:9200")
# How long a visitor waits for an engine before PostgreSQL answers in its place.
SEARCH_SECONDS = float(env_str("SEARCH_SECONDS", "0.3"))
PAYMENT_PROVIDER = env_str("LB_PAYMENT_PROVIDER", "sandbox")
# A buyer has this long to pay before what is reserved goes back on sale.
CHECKOUT_LIFETIME_MINUTES = 20

# --- security
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lapinblanc.bridge.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/", "/gestion/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
ALLOWED_HOSTS = env_list("LB_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lapinblanc": {"level": "INFO"}, "shop": {"level": "INFO"}, "editorial": {"level": "INFO"}},
}
SERVE_MEDIA = False
STYLEGUIDE = False
