from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from matching.cv.views import shared
from orientation.audio.views import sound
from orientation.certificates.views import verify
from portal import api, home
from portal.accounts.admin_site import site
from portal.support.views import help_page
from portal.ui import errors, offline
from portal.ui.calendar_page import calendar_page

handler400 = api.in_json(errors.bad_request, 400)
handler403 = api.in_json(errors.forbidden, 403)
handler404 = api.in_json(errors.not_found, 404)
handler500 = api.in_json(errors.server_error, 500)

urlpatterns = [
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("audio/<uuid:uid>.mp3", sound, name="sound"),
    path("verify/", verify, name="verify_form"),
    path("verify/<str:code>/", verify, name="verify"),
    path("cv/<slug:token>/", shared, name="shared_cv"),
    path("admin/", site.urls),
    path("api/v1/", include("portal.api")),
    path("", home.choose_language, name="choose_language"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("learn/", include("orientation.urls")),
        path("jobs/", include("matching.urls")),
        path("placements/", include("placements.urls")),
        path("training/", include("training.urls")),
        path("money/", include("remittances.urls")),
        path("help/", help_page, name="help"),
        path("organisations/", include("portal.organisations.urls")),
        path("calendar/", calendar_page, name="calendar"),
        path("offline/", offline.offline, name="offline"),
        path("me/messages/", include("portal.outbox.urls")),
        path("", include("portal.accounts.urls")),
    ),
]

if settings.DEBUG:
    from portal.ui.styleguide import styleguide

    urlpatterns.insert(0, path("styleguide/", styleguide, name="styleguide"))
