from django.urls import path

from training.views import own, public

app_name = "training"
urlpatterns = [
    path("", public.offers, name="offers"),
    path("mine/", public.mine, name="mine"),
    path("<uuid:uid>/", public.offer, name="offer"),
    path("<uuid:uid>/sign-up/", public.sign_up, name="sign_up"),
    path("<uuid:uid>/leave/", public.leave, name="leave"),
    path("<uuid:uid>/days.ics", public.calendar, name="calendar"),
    path("own/", own.own, name="own"),
    path("own/new/", own.new, name="new"),
    path("own/<uuid:uid>/", own.course, name="own_offer"),
    path("own/<uuid:uid>/edit/", own.edit, name="edit"),
    path("own/<uuid:uid>/names/", own.names, name="names"),
    path("own/<uuid:uid>/mark/", own.mark_people, name="mark"),
    path("own/<uuid:uid>/take-back/", own.take_back_completion, name="take_back"),
    *[path(f"own/<uuid:uid>/{what}/", own.act, {"what": what}, name=what) for what in own.ACTS],
]
