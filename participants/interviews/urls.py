from django.urls import path

from participants.interviews import assessing_views, planning_views, views

app_name = "interviews"
urlpatterns = [
    path("", views.listing, name="list"),
    path("plan/", planning_views.choose, name="choose"),
    path("plan/<int:enrolment_pk>/", planning_views.plan, name="plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/verzetten/", planning_views.replan, name="replan"),
    path("<int:pk>/niet-doorgegaan/", planning_views.not_held, name="not_held"),
    path("<int:pk>/beoordelaar/<int:seat_pk>/", planning_views.replace, name="replace"),
    path("<int:pk>/oordeel/", assessing_views.rate, name="rate"),
    path("<int:pk>/oordeel/inleveren/", assessing_views.hand_in, name="hand_in"),
    path("<int:pk>/samen/", assessing_views.joint, name="joint"),
    path("<int:pk>/vaststellen/", assessing_views.finalise, name="finalise"),
]
