from django.urls import path

from participants.mydata import looking_views, settings_views, views

app_name = "mydata"
urlpatterns = [
    path("", views.facts, name="facts"),
    path("bekijk/<slug:key>/", views.subject, name="subject"),
    path("wie-keek/", looking_views.own, name="looked"),
    path("wie-keek-waar/", looking_views.watch, name="watch"),
    path("download/", views.download, name="download"),
    path("naam/", views.name, name="name"),
    path("telefoon/", views.phone, name="phone"),
    path("e-mail/", views.email, name="email"),
    path("e-mail/<int:pk>/<str:secret>/", views.confirm_email, name="confirm-email"),
    path("instellingen/", settings_views.settings, name="settings"),
    path("instellingen/apparaten/", settings_views.end_other_devices, name="end-other-devices"),
    path("instellingen/apparaten/<int:pk>/", settings_views.end_device, name="end-device"),
    path("instellingen/kaart/", settings_views.end_card, name="end-card"),
    path("instellingen/tokens/", settings_views.make_token, name="make-token"),
    path("instellingen/tokens/<int:pk>/", settings_views.revoke_token, name="revoke-token"),
]
