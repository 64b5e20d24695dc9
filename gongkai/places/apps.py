"""Django application of divisions and bodies."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Divisions and bodies."""

    name = "gongkai.places"
    label = "places"
    verbose_name = "区划与机构"
    default_auto_field = "django.db.models.BigAutoField"
