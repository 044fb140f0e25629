"""Les adresses des conventions :
celles du centre, celles de l'adhérent, et la demande, ouverte à tous.
"""

from django.urls import path

from beffroi.centre.conventions.views import adherer, centre, lettres, suites

app_name = "conventions"

CDG = "cdg/conventions/"
UNE = f"{CDG}<str:reference>/"

urlpatterns = [
    path("adherer/", adherer.adherer, name="adherer"),
    path("adherer/demandee/", adherer.demandee, name="demandee"),
    path("adherer/confirmer/<str:jeton>/", adherer.confirmer, name="confirmer"),
    path("adhesion/<str:siret>/convention/", adherer.la_notre, name="la_notre"),
    path(
        "adhesion/<str:siret>/convention/pieces/<str:piece>/",
        adherer.notre_piece,
        name="notre_piece",
    ),
    path("adhesion/<str:siret>/convention/finir/", lettres.quitter, name="quitter"),
    path(
        "adhesion/<str:siret>/convention/finir/lettre.<str:format_>",
        lettres.de_l_adherent,
        name="lettre_de_retrait",
    ),
    path(
        "adhesion/<str:siret>/convention/finir/lettre-aux-archives.<str:format_>",
        lettres.aux_archives,
        name="lettre_aux_archives",
    ),
    path("archives-departementales/conventions/", lettres.qui_finissent, name="qui_finissent"),
    path("assurances/<str:reference>/", adherer.attestation, name="attestation"),
    path(CDG, centre.tableau, name="tableau"),
    path(f"{CDG}ouvrir/", centre.ouvrir, name="ouvrir"),
    path(f"{CDG}assurances/", suites.tenir_les_assurances, name="assurances"),
    path(f"{CDG}parametres/", suites.tous_les_parametres, name="parametres"),
    path(f"{CDG}parametres/<str:nom>/", suites.parametre, name="parametre"),
    path(UNE, centre.convention, name="convention"),
    path(f"{UNE}pieces/<str:piece>/", centre.piece, name="piece"),
    path(f"{UNE}apercu/<str:acte>.<str:format_>", centre.apercu, name="apercu"),
    path(f"{UNE}finir/", centre.finir, name="finir"),
    path(f"{UNE}finir/lettre.<str:format_>", lettres.du_centre, name="lettre_du_centre"),
    path(f"{UNE}finir/<str:par>/", centre.denoncer, name="denoncer"),
    path(
        f"{UNE}avenants/<str:avenant>/signer/", suites.signer_un_avenant, name="signer_un_avenant"
    ),
    path(f"{UNE}litiges/<str:litige>/", suites.litige, name="litige"),
    path(f"{UNE}litiges/<str:litige>/tribunal/", suites.tribunal, name="tribunal"),
    path(f"{UNE}litiges/<str:litige>/issue/", suites.issue, name="issue"),
    path(f"{UNE}<str:acte>/", centre.agir, name="agir"),
]
