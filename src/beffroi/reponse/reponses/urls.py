"""Les adresses du dépôt (parcours, §3)."""

from django.urls import path

from beffroi.reponse.reponses.views import (
    commencer,
    contestation,
    invitation,
    pieces,
    public,
    recepisse,
    reponse,
    traces,
)
from beffroi.reponse.reponses.views.heure import heure

app_name = "reponses"

urlpatterns = [
    path("heure", heure, name="heure"),
    path("consultations/<str:reference>/deposer/", commencer.commencer, name="commencer"),
    path("invitations/<str:reference>/", invitation.invitation, name="invitation"),
    path("mes-reponses/", reponse.mes_reponses, name="mes_reponses"),
    path("reponses/<str:reference>/", reponse.etapes, name="reponse"),
    path("reponses/<str:reference>/groupement/", reponse.groupement, name="groupement"),
    path("reponses/<str:reference>/lots/", reponse.lots, name="lots"),
    path("reponses/<str:reference>/pieces/", pieces.candidature, name="pieces"),
    path("reponses/<str:reference>/pieces/<slug:code>/", pieces.offre, name="pieces_d_offre"),
    path("reponses/<str:reference>/verifier/", pieces.verifier, name="verifier_la_reponse"),
    path("reponses/<str:reference>/traces/", traces.traces, name="traces"),
    path("reponses/<str:reference>/seance/", pieces.seance, name="seance"),
    path(
        "reponses/<str:reference>/fichiers/<str:fichier>/ecarter/", pieces.ecarter, name="ecarter"
    ),
    path("depots/<str:reference>/", recepisse.recepisse, name="recepisse"),
    path("depots/<str:reference>/recepisse.pdf", recepisse.recepisse_pdf, name="recepisse_pdf"),
    path("depots/<str:reference>/recu.zip", recepisse.recu_zip, name="recu_zip"),
    path("depots/<str:reference>/depot.json", recepisse.depot_json, name="depot_json"),
    path("depots/<str:reference>/retirer/", recepisse.retirer, name="retirer"),
    path("depots/<str:reference>/contester/", contestation.contester, name="contester"),
    path("depots/<str:reference>/revenir/", contestation.revenir, name="revenir"),
    path(
        "depots/<str:reference>/ce-n-est-pas-moi/<str:jeton>/", contestation.pas_moi, name="pas_moi"
    ),
    path("verifier/", public.verifier, name="verifier"),
]
