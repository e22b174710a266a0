from django.urls import path

from participants.messages import call_views, inbox_views, text_views, write_views

app_name = "messages"
urlpatterns = [
    path("berichten/", inbox_views.listing, name="list"),
    path("berichten/<int:pk>/", inbox_views.read, name="read"),
    path("berichten/mail/", inbox_views.choice, name="choice"),
    path("berichten/verstuurd/<int:pk>/", write_views.sent, name="sent"),
    path("lichtingen/<int:cohort_pk>/bericht/", write_views.write, name="write"),
    path("lichtingen/<int:cohort_pk>/herinneringen/", text_views.listing, name="texts"),
    path("lichtingen/<int:cohort_pk>/herinneringen/<slug:key>/", text_views.edit, name="text"),
    path(
        "lichtingen/<int:cohort_pk>/herinneringen/<slug:key>/standaard/",
        text_views.restore,
        name="restore-text",
    ),
    path("deelnames/<int:enrolment_pk>/gebeld/", call_views.called, name="called"),
]
