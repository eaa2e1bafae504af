"""Settings from the environment: each reader fails loudly, naming the variable and what it takes."""

import os

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_bool(name: str, default: bool = False) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in TRUE:
        return True
    if raw.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}")


def env_int(name: str, default: int) -> int:
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}") from None


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_group(prefix: str) -> dict[str, str]:
    """Every variable that begins with the prefix, by what follows it."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}


def env_secret(name: str, *, minimum: int = 32) -> str:
    """A secret that must be set; refuses to start without it or with a short one."""
    raw = os.environ.get(name, "")
    if len(raw) < minimum:
        raise ImproperlyConfigured(f"{name} must be set to a secret of at least {minimum} characters")
    return raw
