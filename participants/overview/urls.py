from django.urls import path

from participants.overview import (
    cohorts,
    decisions,
    history,
    moving_views,
    person,
    team,
    views,
    waiting,
)

app_name = "overview"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("wacht/", waiting.page, name="waiting"),
    path("meer/", views.more, name="more"),
    path("lichtingen/", cohorts.listing, name="cohorts"),
    path("lichtingen/<int:pk>/", cohorts.table, name="cohort"),
    path("lichtingen/<int:pk>/overzicht.csv", cohorts.export, name="export"),
    path("lichtingen/<int:pk>/team/", team.team, name="team"),
    path("lichtingen/<int:pk>/team/<int:role_pk>/weg/", team.leave, name="leave-team"),
    path("deelnames/<int:pk>/", person.page, name="person"),
    path("deelnames/<int:pk>/toelaten/", decisions.Admit.as_view(), name="admit"),
    path("deelnames/<int:pk>/niet-toelaten/", decisions.Decline.as_view(), name="decline"),
    path("deelnames/<int:pk>/intake/", decisions.Intake.as_view(), name="intake"),
    path("deelnames/<int:pk>/besluiten/", history.page, name="decisions"),
    path("deelnames/<int:pk>/verplaatsen/", moving_views.move, name="move"),
    path("deelnames/<int:pk>/stoppen/", decisions.Stop.as_view(), name="stop"),
    path("deelnames/<int:pk>/verder/", decisions.Resume.as_view(), name="resume"),
    path("deelnames/<int:pk>/uren-tot/", decisions.EntriesUntil.as_view(), name="entries-until"),
    path("deelnames/<int:pk>/naam/", decisions.RecordName.as_view(), name="record-name"),
    path("deelnames/<int:pk>/vrijstelling/", decisions.Exempt.as_view(), name="exempt"),
    path(
        "deelnames/<int:pk>/vrijstellingen/<int:part_pk>/intrekken/",
        decisions.WithdrawExemption.as_view(),
        name="withdraw-exemption",
    ),
    path("deelnames/<int:pk>/pauze/", decisions.RequestPause.as_view(), name="pause"),
    path(
        "deelnames/<int:pk>/pauzes/<int:part_pk>/vast/",
        decisions.ConfirmPause.as_view(),
        name="confirm-pause",
    ),
    path(
        "deelnames/<int:pk>/pauzes/<int:part_pk>/einde/",
        decisions.EndPause.as_view(),
        name="end-pause",
    ),
    path(
        "deelnames/<int:pk>/pauzes/<int:part_pk>/weg/",
        decisions.DropPause.as_view(),
        name="drop-pause",
    ),
]
