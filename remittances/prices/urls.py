from django.urls import path

from remittances.prices import views

urlpatterns = [
    path("", views.prices, name="prices"),
    path("held/", views.held, name="held"),
    path("held/table/", views.take_in, name="take_prices_in"),
    path("held/<uuid:quote>/", views.decide, name="decide_price"),
    path("<uuid:service>/", views.price, name="price"),
]
