from django.urls import path

from participants.sessions import register_views, views

app_name = "sessions"
urlpatterns = [
    path("", views.index, name="list"),
    path("mijn/", views.mine, name="mine"),
    path("nieuw/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/wijzig/", views.edit, name="edit"),
    path("<int:pk>/vervalt/", views.cancel, name="cancel"),
    path("<int:pk>/lijst/", register_views.register, name="register"),
]
