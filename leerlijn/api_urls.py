from django.urls import include, path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from certificates.api import CertificateViewSet, CheckView, RevocationViewSet
from certificates.ceremonies.api import BatchViewSet, BundleViewSet
from leerlijn.api import NotFound
from leerlijn.manual import manual
from participants.enrolments.api import ExemptionViewSet, PauseViewSet
from participants.hours.api import HourEntryViewSet
from participants.interviews.api import InterviewViewSet
from participants.overview.api import EnrolmentViewSet, MeView
from participants.placements.api import (
    ChecklistItemViewSet,
    LearningPlaceViewSet,
    PlacementViewSet,
)
from participants.plans.api import PlanViewSet
from participants.sessions.api import SessionViewSet
from participants.setup.api import CohortViewSet, CriterionViewSet, TrackViewSet
from participants.trainings.api import TrainingChoiceViewSet, TrainingViewSet

app_name = "api"
router = SimpleRouter()
router.register("cohorts", CohortViewSet, basename="cohorts")
router.register("enrolments", EnrolmentViewSet, basename="enrolments")
router.register("hours", HourEntryViewSet, basename="hours")
router.register("interviews", InterviewViewSet, basename="interviews")
router.register("plans", PlanViewSet, basename="plans")
router.register("sessions", SessionViewSet, basename="sessions")
router.register("certificates", CertificateViewSet, basename="certificates")
router.register("revocations", RevocationViewSet, basename="revocations")
router.register("batches", BatchViewSet, basename="batches")
router.register("bundles", BundleViewSet, basename="bundles")
router.register("trainings", TrainingViewSet, basename="trainings")
router.register("training-choices", TrainingChoiceViewSet, basename="training-choices")
router.register("pauses", PauseViewSet, basename="pauses")
router.register("exemptions", ExemptionViewSet, basename="exemptions")
router.register("learning-places", LearningPlaceViewSet, basename="learning-places")
router.register("placements", PlacementViewSet, basename="placements")
router.register("checklist-items", ChecklistItemViewSet, basename="checklist-items")
router.register("tracks", TrackViewSet, basename="tracks")
router.register("criteria", CriterionViewSet, basename="criteria")

schema = SpectacularAPIView.as_view(
    authentication_classes=[],
    permission_classes=[AllowAny],
    renderer_classes=[OpenApiJsonRenderer, OpenApiYamlRenderer],
)

urlpatterns = [
    path("schema/", schema, name="schema"),
    path("uitleg/", manual, name="manual"),
    path("me/", MeView.as_view(), name="me"),
    path("check/<str:code>/", CheckView.as_view(), name="check"),
    path("", include(router.urls)),
    re_path("", NotFound.as_view(), name="not-found"),
]
