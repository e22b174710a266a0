"""Under ``certificaten/``, in the namespace of certificates."""

from django.urls import path

from certificates.ceremonies import exporting, views

urlpatterns = [
    path("lichting/<int:pk>/", views.cohort, name="cohort"),
    path("lichting/<int:pk>/maken/", views.issue, name="issue"),
    path("lichting/<int:pk>/certificaten.zip", exporting.export_zip, name="export-zip"),
    path("lichting/<int:pk>/certificaten.pdf", exporting.export_pdf, name="export-pdf"),
    path("lichting/<int:pk>/uitreiklijst.pdf", exporting.handing_list, name="handing-list"),
    path("naam/<int:pk>/", views.confirm_name, name="confirm-name"),
    path("reeks/<int:pk>/", views.batch, name="batch"),
    path("reeks/<int:pk>/verder/", views.go_on, name="batch-on"),
    path("bundel/<int:pk>/", exporting.bundle, name="bundle"),
    path("bundel/<int:pk>/verder/", exporting.go_on, name="bundle-on"),
    path("bundel/<int:pk>/bestand/", exporting.bundle_file, name="bundle-file"),
]
