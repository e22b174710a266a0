from django.urls import path

from participants.hours import reviewing, views

app_name = "hours"

urlpatterns = [
    path("uren/", views.own, name="list"),
    path("uren/nieuw/", views.new, name="new"),
    path("uren/<int:pk>/", views.detail, name="detail"),
    path("uren/<int:pk>/wijzig/", views.edit, name="edit"),
    path("uren/<int:pk>/lever-in/", views.submit, name="submit"),
    path("uren/<int:pk>/trek-in/", views.withdraw, name="withdraw"),
    path("uren/<int:pk>/zet-terug/", views.restore, name="restore"),
    path("uren/<int:pk>/verbeter/", views.correct, name="correct"),
    path("nakijken/", reviewing.queue, name="queue"),
]
