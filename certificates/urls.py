from django.urls import path

from certificates import check, holder, participation_views, views

app_name = "certificates"
urlpatterns = [
    path("certificaten/", views.register, name="register"),
    path("certificaten/lichting/<int:pk>/", views.cohort, name="cohort"),
    path("certificaten/lichting/<int:pk>/maken/", views.issue, name="issue"),
    path("certificaten/lichting/<int:pk>/certificaten.zip", views.export_zip, name="export-zip"),
    path("certificaten/lichting/<int:pk>/certificaten.pdf", views.export_pdf, name="export-pdf"),
    path("certificaten/<str:number>/", views.detail, name="detail"),
    path("certificaten/<str:number>/pdf/", views.pdf, name="pdf"),
    path("certificaten/<str:number>/intrekken/", views.revoke, name="revoke"),
    path("certificaten/<str:number>/verbeteren/", views.correct, name="correct"),
    path("certificaat/", holder.mine, name="mine"),
    path("certificaat/voorbeeld/<int:pk>/", holder.name_preview, name="name-preview"),
    path("certificaat/<str:number>/laat-zien/", holder.show, name="show"),
    path("bewijs/<int:pk>/", participation_views.statement, name="statement"),
    path("bewijzen/<int:pk>/pdf/", participation_views.pdf, name="statement-pdf"),
    path("controle/", check.form, name="check-form"),
    path("controle/bestand/", check.file, name="check-file"),
    path("controle/<str:code>/", check.code, name="check"),
]
