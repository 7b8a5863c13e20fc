from django.urls import path

from portal.organisations.views import register

app_name = "organisations"
urlpatterns = [
    path("register/", register.register, name="register"),
]
