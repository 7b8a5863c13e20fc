from django.urls import path

from orientation.classes.views import own, printed, public, tablet

urlpatterns = [
    path("", public.classes, name="classes"),
    path("tablet/", tablet.people, name="tablet"),
    path("tablet/<int:number>/", tablet.sit, name="tablet_sit"),
    path("tablet/done/", tablet.done, name="tablet_done"),
    path("tablet/end/", tablet.end_sharing, name="tablet_end"),
    path("own/", own.own, name="own_classes"),
    path("own/new/", own.new, name="new_class"),
    path("own/<uuid:uid>/", own.page, name="own_class"),
    path("own/<uuid:uid>/add/", own.add, name="class_add"),
    path("own/<uuid:uid>/came/", own.came, name="class_came"),
    path("own/<uuid:uid>/take-off/", own.remove, name="class_take_off"),
    *[path(f"own/<uuid:uid>/{what}/", own.act, {"what": what}, name=f"class_{what}") for what in own.ACTS],
    path("own/<uuid:uid>/screen/", own.screen, name="class_screen"),
    path("own/<uuid:uid>/answers/", own.sheets, name="class_sheets"),
    path("own/<uuid:uid>/answers/<int:number>/", own.sheet, name="class_sheet"),
    path("own/<uuid:uid>/report/", own.report, name="class_report"),
    path("own/<uuid:uid>/tablet/", tablet.start, name="class_tablet"),
    path("own/<uuid:uid>/sheets.pdf", printed.sheets, name="class_sheets_pdf"),
    path("own/<uuid:uid>/certificates/", printed.certificates, name="class_certificates"),
    path("<str:code>/", public.page, name="class"),
    path("<str:code>/sign-up/", public.sign_up, name="class_sign_up"),
    path("<str:code>/leave/", public.leave, name="class_leave"),
    path("<str:code>/here/<slug:token>/", public.here, name="class_here"),
]
