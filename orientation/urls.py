from django.urls import include, path

from orientation import check_views, endorse_views, facts_views, feedback_views, news_views, offline_views, views
from orientation.audio.views import audio
from orientation.certificates import views as certificates
from orientation.classes.views.printed import handout
from orientation.exchange import views as exchange
from orientation.search.views import search
from orientation.tools import views as tools

app_name = "learn"
urlpatterns = [
    path("", views.courses, name="courses"),
    path("facts/", facts_views.facts, name="facts"),
    path("facts/again/", facts_views.facts_again, name="facts_again"),
    path("facts/<slug:code>/", facts_views.fact, name="fact"),
    path("news/", news_views.news, name="news"),
    path("feedback/", feedback_views.tell, name="feedback"),
    path("feedback/<uuid:uid>/", feedback_views.told, name="told"),
    path("certificates/<uuid:uid>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:uid>/pdf/", certificates.certificate_pdf, name="certificate_pdf"),
    path("record.json", exchange.record, name="record"),
    path("exchange/<uuid:edition>/questions.gift", exchange.questions, name="gift"),
    path("exchange/<uuid:edition>/scorm.zip", exchange.scorm, name="scorm"),
    path("days/", tools.days, name="days"),
    path("steps/", tools.roads, name="roads"),
    path("steps/<slug:corridor>/", tools.steps, name="steps"),
    path("endorsements/", endorse_views.endorsements, name="endorsements"),
    path("endorsements/<uuid:edition>-<uuid:authority>/", endorse_views.sign, name="endorse"),
    path("endorsements/<uuid:edition>-<uuid:authority>/withdraw/", endorse_views.withdraw, name="withdraw_endorsement"),
    path("search/", search, name="search"),
    path("classes/", include("orientation.classes.urls")),
    path("<slug:course>/", views.course, name="course"),
    path("<slug:course>/corridor/", views.choose_corridor, name="corridor"),
    path("<slug:course>/bus/", views.bus, name="bus"),
    path("<slug:course>/newest/", views.newest, name="newest"),
    path("<slug:course>/save/", offline_views.save_course, name="save"),
    path("<slug:course>/check/", check_views.check, name="check"),
    path("<slug:course>/<slug:lesson>/audio/", audio, name="audio"),
    path("<slug:course>/<slug:lesson>/handout.pdf", handout, name="handout"),
    path("<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path("<slug:course>/<slug:lesson>/<int:number>/", views.question, name="question"),
]
