"""Niveaux d'identité : ce que ce contexte branche dans la maison."""

from beffroi.personnes.entreprises.events import EquipeFondee
from beffroi.personnes.niveaux import a_faire, abonnes, espace_d_entreprise, taches
from beffroi.personnes.niveaux.permissions import ACTES
from beffroi.socle.fondations.a_faire import DeLaPersonne, SelonSesRoles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.oublier,),
    abonnes={EquipeFondee: (abonnes.prevenir_les_equipes_prouvees,)},
    a_faire=(
        DeLaPersonne(
            a_faire.voisines_et_echeances,
            apres="entreprises.demandes_a_lire",
            s_il_y_a=a_faire.equipes,
        ),
        SelonSesRoles(
            a_faire.lettres_a_poster,
            apres="assistance.demandes_a_traiter",
            s_il_y_a=a_faire.lettres,
        ),
    ),
    hors_preuve={
        "Defi": HorsPreuve(
            "il ne donne aucun droit ; le lancer et le relever sont au journal, avec son empreinte",
            "une équipe signerait un autre texte, que l'empreinte du journal ne reconnaît pas",
        ),
        "LettreDeCode": HorsPreuve(
            "un code attendu, qui s'efface ; chaque acte est au journal, la preuve est une ligne",
            (
                "un code choisi vaudrait preuve jusqu'à ce qu'on relise : la lettre, elle, a été "
                "imprimée et dite au journal"
            ),
        ),
    },
    menus=(
        Entree(
            "Équipes d'entreprises",
            "/cdg/equipes/",
            Menu.EXPLOITANT,
            apres="/cdg/comptes/",
            permis=("voir_les_equipes", ACTES),
        ),
    ),
    espace_d_entreprise=(Rangee(espace_d_entreprise.preuve, apres="pieces.pieces"),),
)
