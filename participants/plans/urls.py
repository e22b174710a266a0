from django.urls import path

from participants.plans import reviewing_views, views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="list"),
    path("mijn/", views.mine, name="mine"),
    # By enrolment: a plan is begun with its first version.
    path("<slug:kind>/<int:enrolment>/lever-in/", views.upload, name="upload"),
    path("<slug:kind>/<int:enrolment>/schrijf/", views.write, name="write"),
    path("versies/<int:pk>/bestand/", views.file, name="file"),
    path("<int:pk>/", reviewing_views.detail, name="detail"),
    path("<int:pk>/deel/", views.share, name="share"),
    path("<int:pk>/reactie/", reviewing_views.feedback, name="feedback"),
    path("<int:pk>/compleet/", reviewing_views.complete, name="complete"),
    path("<int:pk>/heropen/", reviewing_views.reopen, name="reopen"),
    path("<int:pk>/sta-erachter/", views.endorse, name="endorse"),
    path("<int:pk>/trek-in/", views.unendorse, name="unendorse"),
    path("<int:pk>/op-papier/", reviewing_views.paper, name="paper"),
]
