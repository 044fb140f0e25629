from django.urls import path

from beffroi.service.disponibilite.views import centre, frontal, mesures, public, supervision

app_name = "disponibilite"

urlpatterns = [
    # Là où Prometheus regarde d'office.
    path("metrics", mesures.metriques, name="metriques"),
    path("etat-du-service/", public.etat_du_service, name="etat"),
    path("etat-du-service/incidents.atom", public.incidents, name="flux"),
    path("serveur-frontal/arrivee", frontal.arrivee, name="arrivee"),
    path("cdg/supervision/serveur-frontal/", frontal.serveur_frontal, name="serveur_frontal"),
    path("cdg/supervision/", supervision.supervision, name="supervision"),
    path("cdg/etat-du-service/", centre.tenir, name="tenir"),
    path("cdg/etat-du-service/<str:reference>/", centre.suivre, name="suivre"),
]
