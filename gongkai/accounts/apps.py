"""Django application of staff, mandates and who may do what."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff, mandates and who may do what."""

    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "账号与授权"
    default_auto_field = "django.db.models.BigAutoField"
