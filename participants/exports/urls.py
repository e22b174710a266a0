from django.urls import path

from participants.exports import views

app_name = "exports"
urlpatterns = [
    path("lichtingen/<int:pk>/meenemen/", views.listing, name="list"),
    path("lichtingen/<int:pk>/meenemen/<slug:kind>/", views.take, name="take"),
    path("meegenomen/<int:pk>/", views.made, name="made"),
    path("meegenomen/<int:pk>/bestand/", views.file, name="file"),
    path("meegenomen/<int:pk>/verder/", views.go_on, name="go-on"),
]
