from django.urls import include, path

from remittances import views
from remittances.alerts import views as alerts
from remittances.products.figures import figures
from remittances.tools import views as tools

app_name = "remittances"
urlpatterns = [
    path("", views.compare, name="compare"),
    path("history/", views.history, name="history"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:pk>/delete/", alerts.delete, name="delete_alert"),
    path("prices/", include("remittances.prices.urls")),
    path("products/", include("remittances.products.urls")),
    path("figures/", figures, name="figures"),
    path("plan/", include("remittances.plan.urls")),
    path("tools/", tools.index, name="tools"),
    path("tools/patent/safar.ics", tools.patent_days, name="patent_days"),
    path("tools/<slug:slug>/", tools.tool, name="tool"),
]
