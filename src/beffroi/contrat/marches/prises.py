"""Marchés : ce que ce contexte branche dans la maison."""

from beffroi.contrat.marches import a_faire, abonnes, archivage, queries, suite, taches
from beffroi.contrat.marches.events import MarcheNotifie
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    abonnes={
        MarcheNotifie: (abonnes.preparer_la_fiche,),
    },
    a_faire=(
        SelonSesRoles(
            a_faire.contrats_a_mener,
            apres="donnees_essentielles.fiches_a_publier",
            s_il_y_a=a_faire.contrats,
        ),
    ),
    suites=(Rangee(suite.etape, apres="attribution.etape"),),
    objets_gardes=(
        ObjetGarde(
            "marches.PieceDuMarche.cle_de_stockage",
            "Pièce de contrat",
            consultation="marche__consultation",
            sous="marche",
        ),
        ObjetGarde(
            "marches.PieceDuMarche.cle_de_stockage",
            "Pièce de contrat",
            seulement={"marche__consultation": None},
        ),
    ),
    ports={
        "reponses.ContratsASigner": queries.contrats_a_signer,
        "attribution.ContratsConclus": queries.contrat_conclu,
    },
    menus=(Entree("Marchés", "/acheteur/marches/", Menu.ACHETEUR, apres="/commissions/"),),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="achevement.pieces", s_il_y_a=archivage.conclus),
    ),
    pieces_hors_consultation=(
        Rangee(archivage.hors_consultation, apres="violations.hors_consultation"),
    ),
)
