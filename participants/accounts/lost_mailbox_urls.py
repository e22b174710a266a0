"""Under ``mensen/``: who helps whom to log in again."""

from django.urls import path

from participants.accounts import lost_mailbox_views as views

app_name = "lost-mailbox"
urlpatterns = [
    path("inloggen/", views.people, name="people"),
    path("<int:pk>/inloggen/", views.person, name="person"),
    path("<int:pk>/inloggen/adres/", views.address, name="address"),
    path("<int:pk>/inloggen/kaart/", views.card, name="card"),
    path("<int:pk>/inloggen/kaart/intrekken/", views.end_card, name="end-card"),
]
