"""Pièces des entreprises : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes.events import CompteFerme
from beffroi.personnes.entreprises.events import MembreDetache
from beffroi.personnes.pieces import a_faire, departs, espace_d_entreprise
from beffroi.personnes.pieces.rondes import rappeler
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(rappeler,),
    abonnes={
        MembreDetache: (departs.apres_un_depart,),
        CompteFerme: (departs.apres_une_fermeture,),
    },
    a_faire=(
        DeLaPersonne(
            a_faire.pieces_a_renouveler,
            apres="remises_en_concurrence.remises_a_honorer",
            s_il_y_a=a_faire.finissantes,
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "pieces.VersionDePiece.cle_de_stockage",
            "Pièce gardée par une entreprise",
            empreinte="",
            sous="piece",
        ),
    ),
    hors_preuve={
        "PieceDEntreprise": HorsPreuve(
            "ce qu'une entreprise garde pour elle : rien de légal n'en dépend, et tout s'efface",
            "l'entreprise verrait mal ce qu'elle garde ; ce qu'elle dépose est dans son récépissé",
        ),
        "VersionDePiece": HorsPreuve(
            "un fichier gardé pour soi ; repris dans une réponse, c'est le scellé qui prouve",
            (
                "l'entreprise reprendrait un autre fichier ; elle le relit avant de le sceller, "
                "et son récépissé le dit"
            ),
        ),
    },
    menus=(Entree("Nos pièces", "/entreprise/pieces/", Menu.ENTREPRISE, apres="/consultations/"),),
    espace_d_entreprise=(Rangee(espace_d_entreprise.pieces, apres="echanges.messages"),),
)
