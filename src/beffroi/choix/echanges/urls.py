"""Les adresses des courriers : l'acheteur écrit et suit, l'entreprise lit et répond."""

from django.urls import path

from beffroi.choix.echanges.views import acheteur, entreprise, suivi

app_name = "echanges"

CEUX_CI = "consultations/<str:reference>/courriers"

urlpatterns = [
    path(f"{CEUX_CI}/", suivi.liste, name="liste"),
    path(f"{CEUX_CI}/ecrire/", acheteur.ecrire, name="ecrire"),
    path(f"{CEUX_CI}/fils/<str:fil>/", suivi.fil, name="fil_de_l_acheteur"),
    path(f"{CEUX_CI}/preuves/<str:exemplaire>/", suivi.preuve, name="preuve"),
    path(f"{CEUX_CI}/preuves/<str:exemplaire>/preuve.pdf", suivi.preuve_pdf, name="preuve_pdf"),
    path(f"{CEUX_CI}/preuves/<str:exemplaire>/preuve.zip", suivi.preuve_zip, name="preuve_zip"),
    path(f"{CEUX_CI}/relancer/<str:exemplaire>/", suivi.relancer, name="relancer"),
    path(f"{CEUX_CI}/pieces/<str:piece>/", suivi.piece, name="piece"),
    path(f"{CEUX_CI}/<str:courrier>/", acheteur.courrier, name="courrier"),
    path(f"{CEUX_CI}/<str:courrier>/modifier/", acheteur.ecrire, name="modifier"),
    path(
        f"{CEUX_CI}/<str:courrier>/pieces/<str:exemplaire>/",
        acheteur.pieces_propres,
        name="pieces_propres",
    ),
    path(f"{CEUX_CI}/<str:courrier>/envoyer/", acheteur.envoyer, name="envoyer"),
    path(f"{CEUX_CI}/<str:courrier>/supprimer/", acheteur.supprimer, name="supprimer"),
    path("messages/", entreprise.mes_messages, name="mes_messages"),
    path("messages/<str:fil>/", entreprise.fil, name="fil"),
    path("messages/<str:fil>/pieces/<str:piece>/", entreprise.piece, name="piece_du_fil"),
]
