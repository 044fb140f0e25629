"""Les adresses des consultations (parcours, §3 et §8) :
celles de l'acheteur, puis les publiques, sous un seul nom.
"""

from django.urls import path

from beffroi.achat.consultations import urls as publiques
from beffroi.achat.consultations.ecrans.views import brouillon, cles, liste, publication, suivi
from beffroi.achat.consultations.urls import CETTE

app_name = "consultations"

urlpatterns = [
    path("consultations/mes-consultations/", liste.mes_consultations, name="mes_consultations"),
    path(f"{CETTE}/preparer/", brouillon.preparer, name="preparer"),
    path(f"{CETTE}/preparer/documents/", brouillon.documents, name="preparer_documents"),
    path(
        f"{CETTE}/preparer/documents/<str:piece>/retirer/",
        brouillon.retirer_document,
        name="retirer_document",
    ),
    path(f"{CETTE}/preparer/pieces/", brouillon.pieces, name="preparer_pieces"),
    path(
        f"{CETTE}/preparer/pieces/<str:piece>/retirer/",
        brouillon.retirer_piece_attendue,
        name="retirer_piece",
    ),
    path(f"{CETTE}/preparer/membres/", brouillon.membres, name="preparer_membres"),
    path(
        f"{CETTE}/preparer/membres/<str:personne>/retirer/",
        brouillon.retirer_membre,
        name="retirer_membre",
    ),
    path(f"{CETTE}/preparer/politique/", brouillon.politique, name="politique"),
    path(f"{CETTE}/preparer/verifier/", publication.verifier, name="preparer_verifier"),
    path(f"{CETTE}/preparer/publier/", publication.publier, name="publier"),
    path(f"{CETTE}/preparer/publier/programmer/", publication.programmer, name="programmer"),
    path(f"{CETTE}/preparer/publier/annuler/", publication.deprogrammer, name="deprogrammer"),
    path(f"{CETTE}/preparer/soumettre/", publication.soumettre, name="soumettre"),
    path(f"{CETTE}/preparer/reprendre/", publication.reprendre, name="reprendre"),
    path(f"{CETTE}/cles/", cles.ceremonie, name="cles"),
    path(f"{CETTE}/suivre/", suivi.suivre, name="suivre"),
    path(f"{CETTE}/suivre/prolonger/", suivi.prolonger, name="prolonger"),
    path(f"{CETTE}/suivre/sans-suite/", suivi.sans_suite, name="sans_suite"),
    *publiques.urlpatterns,
]
