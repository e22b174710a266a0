from django.urls import path

from participants.plans import (
    goal_views,
    group_views,
    reviewing_views,
    version_views,
    views,
    writing_views,
)

app_name = "plans"
urlpatterns = [
    path("", views.index, name="list"),
    path("mijn/", views.mine, name="mine"),
    # By enrolment: a plan is begun with the first thing that is put in it.
    path("<slug:kind>/<int:enrolment>/lever-in/", views.upload, name="upload"),
    path("<slug:kind>/<int:enrolment>/schrijf/", writing_views.write, name="write"),
    path("pop/<int:enrolment>/concept/", writing_views.draft, name="draft"),
    path("pop/<int:enrolment>/leerdoelen/", goal_views.goals, name="goals"),
    path("pop/<int:enrolment>/leerdoelen/nieuw/", goal_views.add, name="goal-add"),
    path("gop/<int:enrolment>/schrijf/<slug:section>/", writing_views.section, name="section"),
    path("leerdoelen/<int:pk>/", goal_views.change, name="goal"),
    path("leerdoelen/<int:pk>/stand/", goal_views.state, name="goal-state"),
    path("leerdoelen/<int:pk>/plek/", goal_views.move, name="goal-move"),
    path("leerdoelen/<int:pk>/weg/", goal_views.remove, name="goal-remove"),
    path("leerdoelen/<int:pk>/terug/", goal_views.restore, name="goal-restore"),
    path("versies/<int:pk>/", version_views.version, name="version"),
    path("versies/<int:pk>/bestand/", version_views.file, name="file"),
    path("versies/<int:pk>/pdf/", version_views.paper, name="pdf"),
    path("<int:pk>/", reviewing_views.detail, name="detail"),
    path("<int:pk>/deel/", views.share, name="share"),
    path("<int:pk>/deel-niet/", views.unshare, name="unshare"),
    path("<int:pk>/reactie/", reviewing_views.feedback, name="feedback"),
    path("<int:pk>/compleet/", reviewing_views.complete, name="complete"),
    path("<int:pk>/heropen/", reviewing_views.reopen, name="reopen"),
    path("<int:pk>/sta-erachter/", group_views.endorse, name="endorse"),
    path("<int:pk>/trek-in/", group_views.unendorse, name="unendorse"),
    path("<int:pk>/op-papier/", group_views.paper, name="paper"),
    path("<int:pk>/op-papier/<int:enrolment>/weg/", group_views.unpaper, name="unpaper"),
]
