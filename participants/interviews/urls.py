from django.urls import path

from participants.interviews import (
    after_views,
    assessing_views,
    file_views,
    planning_views,
    views,
)

app_name = "interviews"
urlpatterns = [
    path("", views.listing, name="list"),
    path("vandaag/", views.today, name="today"),
    path("map/<int:enrolment_pk>/", file_views.file, name="file"),
    path("map/<int:enrolment_pk>/doel/<int:goal_pk>/", file_views.add_goal, name="add_goal"),
    path("map/<int:enrolment_pk>/plan/<int:version_pk>/", file_views.add_pages, name="add_pages"),
    path("map/<int:enrolment_pk>/tekst/", file_views.add_text, name="add_text"),
    path("map/<int:enrolment_pk>/weg/<int:item_pk>/", file_views.take_out, name="take_out"),
    path("map/bestand/<int:version_pk>/", file_views.download, name="download"),
    path("plan/", planning_views.choose, name="choose"),
    path("plan/<int:enrolment_pk>/", planning_views.plan, name="plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/verzetten/", planning_views.replan, name="replan"),
    path("<int:pk>/niet-doorgegaan/", planning_views.not_held, name="not_held"),
    path("<int:pk>/beoordelaar/<int:seat_pk>/", planning_views.replace, name="replace"),
    path("<int:pk>/derde/", planning_views.third, name="third"),
    path("<int:pk>/een/<int:seat_pk>/", planning_views.one, name="one"),
    path("<int:pk>/reactie/", after_views.reply, name="reply"),
    path("<int:pk>/bezwaar/", after_views.objection, name="objection"),
    path("<int:pk>/bezwaar/<int:objection_pk>/", after_views.decide, name="decide"),
    path("<int:pk>/wijzigen/", after_views.amend, name="amend"),
    path("<int:pk>/oordeel/", assessing_views.rate, name="rate"),
    path("<int:pk>/oordeel/inleveren/", assessing_views.hand_in, name="hand_in"),
    path("<int:pk>/samen/", assessing_views.joint, name="joint"),
    path("<int:pk>/vaststellen/", assessing_views.finalise, name="finalise"),
]
