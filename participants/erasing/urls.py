from django.urls import path

from participants.erasing import keeping_views, views

app_name = "erasing"
urlpatterns = [
    path("mijn-gegevens/wissen/", views.own, name="own"),
    path("mijn-gegevens/wissen/terug/", views.undo_own, name="undo-own"),
    path("wissen/<int:pk>/", views.person, name="person"),
    path("wissen/<int:pk>/terug/", views.undo, name="undo"),
    path("bewaren/", keeping_views.page, name="keeping"),
    path("bewaren/zoek/", keeping_views.find, name="find"),
    path("bewaren/<int:pk>/", keeping_views.cohort, name="cohort"),
    path("bewaren/<int:pk>/subsidie/", keeping_views.subsidy, name="subsidy"),
    path("bewaren/<int:pk>/vrijgeven/", keeping_views.release, name="release"),
]
