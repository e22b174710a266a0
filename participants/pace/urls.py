from django.urls import path

from participants.pace import views

app_name = "pace"
urlpatterns = [
    path("lichtingen/<int:cohort_pk>/planning/", views.calendar, name="calendar"),
    path("lichtingen/<int:cohort_pk>/planning/<int:pk>/weg/", views.remove, name="remove-break"),
]
