from django.urls import path

from portal.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("ways/", views.ways, name="ways"),
    path("<uuid:uid>/", views.read, name="read"),
    path("<uuid:uid>/earlier/", views.read_until, name="read_until"),
]
