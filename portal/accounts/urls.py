from django.urls import include, path

from portal.accounts.views import demo, person, second_factor, sign_in

accounts = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/agreement/", sign_in.agreement, name="agreement"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("me/", person.me, name="me"),
    path("me/known/", person.knows, name="knows"),
    path("me/known/safar.json", person.export, name="export"),
    path("me/erase/", person.erase, name="erase"),
    path("erased/", person.erased, name="erased"),
    path("me/second-factor/", second_factor.second_factor, name="second_factor"),
]

demo_pages = [
    path("", demo.people, name="people"),
    path("sign-in/<str:key>/", demo.one_click, name="sign_in"),
    path("outbox/", demo.outbox, name="outbox"),
]

urlpatterns = [
    # The three names that allauth's sign-in goes to. Its own pages (passwords, e-mail lists, sign-up) are not included.
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", sign_in.code, name="account_confirm_login_code"),
    path("sign-in/second-factor/", sign_in.sign_in_second_factor, name="mfa_authenticate"),
    path("", include((accounts, "accounts"))),
    path("demo/", include((demo_pages, "demo"))),
]
