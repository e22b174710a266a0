from django.urls import path

from participants.enrolments import application_views, views

app_name = "enrolments"
urlpatterns = [
    path("naam/<int:pk>/", views.name, name="name"),
    path("pauze/<int:pk>/", views.pause, name="pause"),
    path("pauzes/<int:pk>/terugnemen/", views.drop_pause, name="drop-pause"),
    path("pauzes/<int:pk>/einde/", views.end_pause, name="end-pause"),
    path("aanmelden/", application_views.open_cohorts, name="apply-where"),
    path("aanmelden/verstuurd/", application_views.sent, name="application-sent"),
    path("aanmelden/bevestigd/", application_views.confirmed, name="application-confirmed"),
    path("aanmelden/bevestig/<str:token>/", application_views.confirm, name="confirm-application"),
    path("aanmelden/<int:pk>/", application_views.apply, name="apply"),
    path("aanmelding/<int:pk>/", application_views.own, name="application"),
    path("lichtingen/<int:pk>/aanmeldingen/", views.applications, name="applications"),
    path("lichtingen/<int:pk>/aanmelden-tot/", views.open_applications, name="open-applications"),
    path("lichtingen/<int:pk>/toevoegen/", views.add, name="add"),
    path("lichtingen/<int:pk>/importeren/", views.import_list, name="import"),
    path("lichtingen/<int:pk>/uitnodigen/", views.invite_again, name="invite"),
]
