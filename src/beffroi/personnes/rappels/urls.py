from django.urls import path

from beffroi.personnes.rappels import views

app_name = "notifications"

urlpatterns = [
    path("compte/notifications/", views.regler, name="regler"),
    path("compte/notifications/agenda/", views.ouvrir_l_agenda, name="ouvrir_l_agenda"),
    path("compte/notifications/agenda/fermer/", views.fermer_l_agenda, name="fermer_l_agenda"),
    path("a-faire/<str:secret>.ics", views.agenda, name="agenda"),
]
