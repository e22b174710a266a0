from django.urls import path

from participants.sessions import (
    catching_up_views,
    proof_views,
    register_views,
    series_views,
    views,
)

app_name = "sessions"
urlpatterns = [
    path("", views.index, name="list"),
    path("mijn/", views.mine, name="mine"),
    path("nieuw/", views.new, name="new"),
    path("reeks/", series_views.series, name="series"),
    path("inhalen/<int:enrolment_pk>/", catching_up_views.catch_up, name="catch-up"),
    path("getekend/<int:pk>/", proof_views.download, name="proof"),
    path("getekend/<int:pk>/weg/", proof_views.remove, name="remove-proof"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/wijzig/", views.edit, name="edit"),
    path("<int:pk>/vervalt/", views.cancel, name="cancel"),
    path("<int:pk>/lijst/", register_views.register, name="register"),
    path("<int:pk>/presentielijst.pdf", proof_views.paper, name="paper"),
    path("<int:pk>/getekend/", proof_views.proofs, name="proofs"),
]
