from django.urls import path

from participants.agenda import views

app_name = "agenda"
urlpatterns = [
    path("nieuw/", views.renew, name="renew"),
    path("uit/", views.revoke, name="revoke"),
    path("<slug:secret>.ics", views.feed, name="feed"),
]
