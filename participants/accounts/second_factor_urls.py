from django.urls import path

from participants.accounts import second_factor_views as views

app_name = "second_factor"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("code/", views.Step.as_view(), name="step"),
    path("herstelcodes/", views.paper, name="paper"),
    path("anderen/", views.others, name="others"),
    path("anderen/<int:pk>/", views.reset, name="reset"),
]
