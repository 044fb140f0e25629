"""Les adresses de l'attribution, chez l'acheteur, et du résultat, chez l'entreprise."""

from django.urls import path

from beffroi.choix.attribution.views import acheteur, demandes, entreprise, lettres

app_name = "attribution"

CETTE = "consultations/<str:reference>/attribution"

urlpatterns = [
    path(f"{CETTE}/", acheteur.lots, name="lots"),
    path(f"{CETTE}/lots/<int:lot>/", acheteur.decider, name="decider"),
    path(f"{CETTE}/lots/<int:lot>/renoncer/", acheteur.renoncer, name="renoncer"),
    path(f"{CETTE}/lots/<int:lot>/valider/", acheteur.valider, name="valider"),
    path(f"{CETTE}/lots/<int:lot>/rendre/", acheteur.rendre, name="rendre"),
    path(f"{CETTE}/signature.ics", acheteur.agenda, name="agenda"),
    path(f"{CETTE}/lettres/", lettres.liste, name="lettres"),
    path(f"{CETTE}/lettres/envoyer/", lettres.envoyer, name="envoyer"),
    path(f"{CETTE}/lettres/<str:lettre>/", lettres.lettre, name="lettre"),
    path(f"{CETTE}/lettres/<str:lettre>/faits/", lettres.faits, name="faits"),
    path(f"{CETTE}/demandes/", demandes.liste, name="demandes"),
    path(f"{CETTE}/demandes/noter/", demandes.noter, name="noter"),
    path(f"{CETTE}/demandes/<str:demande>/", demandes.repondre, name="repondre"),
    path("resultats/<str:lettre>/", entreprise.resultat, name="resultat"),
    path("resultats/<str:lettre>/resultat.pdf", entreprise.resultat_pdf, name="resultat_pdf"),
]
