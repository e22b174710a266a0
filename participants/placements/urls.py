from django.urls import path

from participants.placements import views

app_name = "placements"
urlpatterns = [
    path("", views.index, name="list"),
    path("nieuw/", views.new, name="new"),
    path("plaatsing/<int:enrolment_pk>/", views.place, name="place"),
    path("einde/<int:pk>/", views.end, name="end"),
    path("ander/<int:pk>/", views.other_supervisor, name="other-supervisor"),
    path("begeleider/<int:pk>/wijzig/", views.change_supervisor, name="supervisor"),
]
