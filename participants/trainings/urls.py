from django.urls import path

from participants.trainings import views

app_name = "trainings"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/kies/", views.choose, name="choose"),
    path("voorstel/", views.propose, name="propose"),
    path("voorstellen/", views.proposals, name="proposals"),
    path("voorstellen/<int:pk>/", views.answer, name="answer"),
    path("keuze/<int:pk>/vervalt/", views.drop, name="drop"),
    path("keuze/<int:pk>/terug/", views.restore, name="restore"),
    path("keuze/<int:pk>/gevolgd/", views.complete, name="complete"),
    path("keuze/<int:pk>/niet-gevolgd/", views.reopen, name="reopen"),
]
