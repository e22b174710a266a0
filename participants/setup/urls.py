from django.urls import path

from participants.setup import copy_views, norms_views, views

app_name = "setup"
urlpatterns = [
    path("", views.page, name="page"),
    path("lichtingen/<int:pk>/normen/", norms_views.norms_of, name="norms"),
    path("lichtingen/<int:pk>/kopie/", copy_views.copy, name="copy"),
]
