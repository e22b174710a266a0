from django.urls import path

from participants.confirmations import door, own, staff

app_name = "confirmations"
urlpatterns = [
    path("bevestigen/<str:token>/", door.page, name="page"),
    path("bevestigen/<str:token>/geopend/", door.opened, name="opened"),
    path("bevestigen/<str:token>/code/", door.code, name="code"),
    path("bevestigen/<str:token>/nieuw/", door.renew, name="renew"),
    path("bevestigen/<str:token>/stop/", door.stop, name="stop"),
    path("uren/begeleider/<int:pk>/stuur/", own.send, name="send-own"),
    path("uren/begeleider/<int:pk>/qr/", own.qr, name="qr"),
    path("leerplekken/wacht/", staff.waiting, name="waiting"),
    path("leerplekken/begeleider/<int:pk>/", staff.supervisor, name="supervisor"),
    path("leerplekken/begeleider/<int:pk>/introductie/", staff.introduce, name="introduce"),
    path("leerplekken/begeleider/<int:pk>/mail/", staff.send, name="send"),
    path("leerplekken/begeleider/<int:pk>/browsers/", staff.forget_browsers, name="forget"),
    path("leerplekken/begeleider/<int:pk>/overnemen/", staff.hand_over, name="hand-over"),
    path("leerplekken/begeleider/<int:pk>/weer/", staff.resume, name="resume"),
    path("leerplekken/vraag/<int:pk>/intrekken/", staff.revoke, name="revoke"),
]
