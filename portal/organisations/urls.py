from django.urls import path

from portal.organisations.views import own, register, vetting

app_name = "organisations"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("vetting/", vetting.vetting, name="vetting"),
    path("vetting/<uuid:uid>/", vetting.vetting_one, name="vetting_one"),
    path("vetting/<uuid:uid>/answers/", vetting.save_answers, name="save_answers"),
    path("vetting/<uuid:uid>/sign/", vetting.sign, name="sign"),
    path("vetting/<uuid:uid>/ask/", vetting.ask_for, name="ask"),
    path("vetting/<uuid:uid>/take-back/", vetting.take_vetting_back, name="take_back"),
    path("<uuid:uid>/", own.own, name="own"),
    path("<uuid:uid>/reply/", own.reply, name="reply"),
    path("<uuid:uid>/invite/", own.invite_colleague, name="invite"),
    path("<uuid:uid>/people/<uuid:person>/remove/", own.remove_colleague, name="remove"),
]
