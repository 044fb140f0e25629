"""Les adresses de l'assistance : la personne, avec ou sans compte ; le
centre ; ce qui est public.
"""

from django.urls import path

from beffroi.service.assistance.views import (
    centre,
    demandeur,
    depot,
    modeles,
    objet,
    public,
    sans_compte,
)

app_name = "assistance"

CDG = "cdg/assistance/"
UNE = f"{CDG}demandes/<str:reference>/"

urlpatterns = [
    path("assistance/", demandeur.mes_demandes, name="mes_demandes"),
    path("assistance/nouvelle/", demandeur.nouvelle, name="nouvelle"),
    path("assistance/<str:reference>/", demandeur.demande, name="demande"),
    path("assistance/<str:reference>/avis/", demandeur.avis, name="avis"),
    path("contact/ecrire/", sans_compte.ecrire, name="ecrire"),
    path("contact/message-recu/", sans_compte.message_recu, name="message_recu"),
    path("contact/suivre/<str:jeton>/", sans_compte.suivre, name="suivre"),
    path("aide/questions-frequentes/", public.questions_frequentes, name="questions_frequentes"),
    path("aide/nos-delais/", public.nos_delais, name="nos_delais"),
    path(CDG, centre.file, name="file"),
    path(f"{CDG}depot/", depot.chercher, name="depot"),
    path(f"{CDG}depot/<str:reference>/", depot.frise, name="frise"),
    path(f"{CDG}appel/", centre.appel, name="appel"),
    path(f"{CDG}closes/", centre.closes, name="closes"),
    path(f"{CDG}mesures/", centre.mesures, name="mesures"),
    path(f"{CDG}modeles/", modeles.liste, name="modeles"),
    path(f"{CDG}modeles/nouveau/", modeles.nouveau, name="nouveau_modele"),
    path(f"{CDG}modeles/<str:reference>/", modeles.modifier, name="modele"),
    path(f"{CDG}modeles/<str:reference>/retirer/", modeles.retirer, name="retirer_le_modele"),
    path(
        f"{CDG}questions/<str:reference>/retirer/",
        modeles.retirer_la_question,
        name="retirer_la_question",
    ),
    path(f"{CDG}pieces/<str:reference>/", centre.piece, name="piece"),
    path(UNE, centre.demande, name="au_centre"),
    path(f"{UNE}ce-qu-elle-voit/<str:ecran>/", objet.voir, name="ce_qu_elle_voit"),
    path(f"{UNE}prendre/", centre.prendre, name="prendre"),
    path(f"{UNE}noter/", centre.noter, name="noter"),
    path(f"{UNE}ranger/", centre.ranger, name="ranger"),
    path(f"{UNE}fusionner/", centre.fusionner, name="fusionner"),
    path(f"{UNE}publier/", modeles.publier, name="publier"),
]
