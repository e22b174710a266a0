from django.urls import path

from certificates.letterheads import views

urlpatterns = [
    path("papier/", views.tracks, name="letterheads"),
    path("papier/<int:pk>/", views.letterhead, name="letterhead"),
    path("papier/<int:pk>/voorbeeld/", views.preview, name="letterhead-preview"),
    path("papier/<int:pk>/beeld/<str:slot>/", views.picture, name="letterhead-picture"),
]
