from django.urls import include, path

from certificates import check, ending_views, holder, participation_views, views
from certificates.ceremonies.urls import urlpatterns as ceremonies
from certificates.letterheads.urls import urlpatterns as letterheads

app_name = "certificates"
urlpatterns = [
    path("certificaten/", views.register, name="register"),
    path("certificaten/", include(ceremonies)),
    path("certificaten/<str:number>/", views.detail, name="detail"),
    path("certificaten/<str:number>/pdf/", views.pdf, name="pdf"),
    path("certificaten/<str:number>/intrekken/", ending_views.revoke, name="revoke"),
    path("certificaten/<str:number>/niet-uitreiken/", ending_views.withdraw, name="withdraw"),
    path("certificaten/vragen/<int:pk>/", ending_views.revocation, name="revocation"),
    path("certificaten/<str:number>/verbeteren/", views.correct, name="correct"),
    path("certificaat/", holder.mine, name="mine"),
    path("certificaat/voorbeeld/<int:pk>/", holder.name_preview, name="name-preview"),
    path("certificaat/<str:number>/laat-zien/", holder.show, name="show"),
    path("", include(letterheads)),
    path("bewijs/<int:pk>/", participation_views.statement, name="statement"),
    path("bewijzen/<int:pk>/pdf/", participation_views.pdf, name="statement-pdf"),
    path("controle/", check.form, name="check-form"),
    path("controle/bestand/", check.file, name="check-file"),
    path("controle/<str:code>/", check.code, name="check"),
]
