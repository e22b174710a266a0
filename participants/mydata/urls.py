from django.urls import path

from participants.mydata import settings_views, views

app_name = "mydata"
urlpatterns = [
    path("", views.facts, name="facts"),
    path("bekijk/<slug:key>/", views.subject, name="subject"),
    path("download/", views.download, name="download"),
    path("naam/", views.name, name="name"),
    path("telefoon/", views.phone, name="phone"),
    path("e-mail/", views.email, name="email"),
    path("e-mail/<int:pk>/<str:secret>/", views.confirm_email, name="confirm-email"),
    path("instellingen/", settings_views.settings, name="settings"),
    path("instellingen/apparaten/", settings_views.end_other_devices, name="end-other-devices"),
    path("instellingen/apparaten/<int:pk>/", settings_views.end_device, name="end-device"),
    path("instellingen/tokens/", settings_views.make_token, name="make-token"),
    path("instellingen/tokens/<int:pk>/", settings_views.revoke_token, name="revoke-token"),
]
