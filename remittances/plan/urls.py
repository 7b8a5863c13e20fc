from django.urls import path

from remittances.plan import views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("edit/", views.edit_plan, name="plan_edit"),
    path("delete/", views.delete, name="plan_delete"),
    path("goals/new/", views.new_goal, name="plan_new_goal"),
    path("goals/<uuid:uid>/", views.goal, name="plan_goal"),
    path("goals/<uuid:uid>/edit/", views.edit_goal, name="plan_edit_goal"),
    path("goals/<uuid:uid>/delete/", views.remove_goal, name="plan_delete_goal"),
    path("goals/<uuid:uid>/save/", views.save, name="plan_save"),
    path("goals/<uuid:uid>/steps/", views.new_step, name="plan_new_step"),
    path("steps/<uuid:uid>/", views.change_step, name="plan_step"),
    path("share/", views.share, name="plan_share"),
    path("join/", views.join, name="plan_join"),
    path("<uuid:uid>/", views.shared, name="plan_shared"),
    path("<uuid:uid>/end/", views.end, name="plan_end"),
]
