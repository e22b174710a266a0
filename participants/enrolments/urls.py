from django.urls import path

from participants.enrolments import views

app_name = "enrolments"
urlpatterns = [
    path("naam/<int:pk>/", views.name, name="name"),
    path("pauze/<int:pk>/", views.pause, name="pause"),
    path("pauzes/<int:pk>/terugnemen/", views.drop_pause, name="drop-pause"),
    path("lichtingen/<int:pk>/toevoegen/", views.add, name="add"),
    path("lichtingen/<int:pk>/importeren/", views.import_list, name="import"),
]
