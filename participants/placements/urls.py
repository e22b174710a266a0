from django.urls import path

from participants.placements import place_views, ticking_views, views

app_name = "placements"
urlpatterns = [
    path("", views.index, name="list"),
    path("nieuw/", place_views.new, name="new"),
    path("plek/<int:pk>/", place_views.change, name="change"),
    path("plek/<int:pk>/<slug:act>/", place_views.act, name="place-act"),
    path("plaatsing/<int:enrolment_pk>/", views.place, name="place"),
    path("einde/<int:pk>/", views.end, name="end"),
    path("ander/<int:pk>/", views.other_supervisor, name="other-supervisor"),
    path("geregeld/<int:pk>/<int:item_pk>/", ticking_views.tick, name="tick"),
    path("open/<int:pk>/<int:item_pk>/", ticking_views.untick, name="untick"),
    path("begeleider/<int:pk>/wijzig/", views.change_supervisor, name="supervisor"),
]
