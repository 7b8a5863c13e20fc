from django.urls import path

from remittances.products import views

urlpatterns = [
    path("", views.products, name="products"),
    path("<slug:slug>/", views.product, name="product"),
    path("<slug:slug>/try/", views.sign_up, name="sign_up"),
    path("<slug:slug>/leave/", views.leave, name="leave_trial"),
    path("<slug:slug>/answer/", views.answer, name="answer"),
]
