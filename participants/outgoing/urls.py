from django.urls import path

from participants.outgoing import views

app_name = "outgoing"
urlpatterns = [
    path("", views.page, name="page"),
    path("<int:enrolment_pk>/tegenhouden/", views.hold, name="hold"),
    path("toch/<int:pk>/", views.release, name="release"),
]
