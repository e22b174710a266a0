from django.urls import path

from participants.bounces import views

app_name = "bounces"
urlpatterns = [
    path("", views.page, name="page"),
    path("<int:pk>/opgelost/", views.solve, name="solve"),
]
