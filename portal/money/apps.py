from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "portal.money"
    verbose_name = "Money"
