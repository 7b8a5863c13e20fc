from django.urls import path

from placements.views import calls, check_in, mine, pay, placed

app_name = "placements"
urlpatterns = [
    path("", placed.placed, name="placed"),
    path("told/", placed.told, name="told"),
    path("pay/", pay.pay, name="pay"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<uuid:uid>/person/", calls.person, name="call_person"),
    path("calls/<uuid:uid>/done/", calls.done, name="call_done"),
    path("minute/", check_in.minute, name="minute"),
    path("minute/<uuid:uid>/", check_in.check_in, name="check_in"),
    path("minute/<uuid:uid>/help/", check_in.ask_help, name="help"),
    path("<uuid:match>/", mine.mine, name="mine"),
    path("<uuid:match>/choices/", mine.choices, name="choices"),
    path("<uuid:match>/forget/", mine.forget, name="forget"),
    path("<uuid:match>/arrived/", mine.arrived, name="arrived"),
]
