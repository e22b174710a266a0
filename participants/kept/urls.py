from django.urls import path

from participants.kept import views

app_name = "kept"

urlpatterns = [path("bewaard/", views.keep, name="keep")]
