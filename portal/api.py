"""`/api/v1/`: what everybody may read, as JSON; its OpenAPI schema and a page about it for people."""

from django.urls import URLPattern

app_name = "api"
urlpatterns: list[URLPattern] = []
