"""Django application of benchmarks."""

from django.apps import AppConfig


class BenchesConfig(AppConfig):
    """Benchmarks."""

    name = "gongkai.benches"
    label = "benches"
    verbose_name = "性能测量"
    default_auto_field = "django.db.models.BigAutoField"
