from django.urls import include, path

from remittances import views
from remittances.products.figures import figures

app_name = "remittances"
urlpatterns = [
    path("", views.compare, name="compare"),
    path("products/", include("remittances.products.urls")),
    path("figures/", figures, name="figures"),
]
