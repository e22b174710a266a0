from django.urls import path

from participants.hours import (
    proof_views,
    reviewing,
    staff_views,
    statement_views,
    views,
    writing_views,
)

app_name = "hours"

urlpatterns = [
    path("uren/", views.own, name="list"),
    path("uren/nieuw/", writing_views.new, name="new"),
    path("uren/week/", views.this_week, name="this-week"),
    path("uren/week/<str:name>/", views.week, name="week"),
    path("uren/staat/<int:pk>/", statement_views.page, name="statement"),
    path("uren/voor/<int:pk>/", staff_views.new_for, name="new-for"),
    path("uren/bewijs/<int:pk>/", proof_views.download, name="proof"),
    path("uren/bewijs/<int:pk>/verwijder/", proof_views.remove, name="remove-proof"),
    path("uren/<int:pk>/", views.detail, name="detail"),
    path("uren/<int:pk>/bewijs/", proof_views.add, name="add-proof"),
    path("uren/<int:pk>/haal-terug/", staff_views.take_back, name="take-back"),
    path("uren/<int:pk>/wijzig/", writing_views.edit, name="edit"),
    path("uren/<int:pk>/lever-in/", views.submit, name="submit"),
    path("uren/<int:pk>/trek-in/", views.withdraw, name="withdraw"),
    path("uren/<int:pk>/zet-terug/", views.restore, name="restore"),
    path("uren/<int:pk>/verbeter/", writing_views.correct, name="correct"),
    path("nakijken/", reviewing.queue, name="queue"),
    path("nakijken/papier/<int:pk>/<str:week>/", staff_views.slip, name="slip"),
]
