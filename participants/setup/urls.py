from django.urls import path

from participants.setup import (
    copy_views,
    criteria_views,
    norms_views,
    track_views,
    training_views,
    views,
)

app_name = "setup"
urlpatterns = [
    path("", views.page, name="page"),
    path("lichtingen/<int:pk>/normen/", norms_views.norms_of, name="norms"),
    path("lichtingen/<int:pk>/kopie/", copy_views.copy, name="copy"),
    path("lichtingen/<int:pk>/gegevens/", views.change, name="change-cohort"),
    path("lichtingen/<int:pk>/<slug:act>/", views.act, name="cohort-act"),
    path("leerlijnen/nieuw/", track_views.new, name="new-track"),
    path("leerlijnen/<int:pk>/", track_views.track, name="track"),
    path("leerlijnen/<int:pk>/naam/", track_views.change, name="change-track"),
    path("leerlijnen/<int:pk>/normen/", track_views.norms, name="track-norms"),
    path("leerlijnen/<int:pk>/lichting/", track_views.new_cohort, name="new-cohort"),
    path("leerlijnen/<int:pk>/criteria/", criteria_views.listing, name="criteria"),
    path("leerlijnen/<int:pk>/criteria/nieuw/", criteria_views.new, name="new-criterion"),
    path("leerlijnen/<int:pk>/leerplekken/", criteria_views.checklist, name="checklist"),
    path("leerlijnen/<int:pk>/<slug:act>/", track_views.act, name="track-act"),
    path("criteria/<int:pk>/", criteria_views.reword, name="criterion"),
    path("criteria/<int:pk>/<slug:act>/", criteria_views.act, name="criterion-act"),
    path("punten/<int:pk>/", criteria_views.reword_item, name="item"),
    path("punten/<int:pk>/<slug:act>/", criteria_views.act_on_item, name="item-act"),
    path("trainingen/", training_views.listing, name="trainings"),
    path("trainingen/nieuw/", training_views.new, name="new-training"),
    path("trainingen/<int:pk>/", training_views.training, name="training"),
    path("trainingen/<int:pk>/datums/", training_views.add_date, name="add-date"),
    path("trainingen/<int:pk>/<slug:act>/", training_views.act, name="training-act"),
    path("datums/<int:pk>/weg/", training_views.remove_date, name="remove-date"),
]
