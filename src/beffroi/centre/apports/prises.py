"""Apports des collectivités : ce que ce contexte branche dans la maison."""

from beffroi.centre.apports import a_faire, liens, queries, taches
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    a_faire=(
        SelonSesRoles(
            a_faire.apports_a_examiner,
            apres="impayes.contestations_a_lire",
            s_il_y_a=a_faire.apports,
        ),
    ),
    objets_gardes=(
        ObjetGarde("apports.Apport.cle_de_stockage", "Document apporté à une convention"),
    ),
    ports={
        "conventions.LienDuDossier": liens.lien,
        "conventions.CeQuiEstRenvoye": queries.renvoyes_par_convention,
    },
    dans_la_rubrique={
        "/cdg/conventions/": ("/cdg/apports/",),
    },
)
