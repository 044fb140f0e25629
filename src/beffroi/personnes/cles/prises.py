"""Clés : ce que ce contexte branche dans la maison."""

from beffroi.personnes.cles import a_faire, departs, premiers_pas, services, taches
from beffroi.personnes.cles.permissions import ACTES
from beffroi.personnes.cles.verification import relire_les_cles
from beffroi.personnes.comptes.events import AdresseProuvee, CompteFerme
from beffroi.personnes.organismes.events import HabilitationRetiree
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    abonnes={
        AdresseProuvee: (services.recevoir_la_garde,),
        HabilitationRetiree: (departs.noter_les_parts_tenues,),
        CompteFerme: (departs.retirer_la_cle,),
    },
    rondes=(taches.oublier_les_gardes,),
    relectures_du_journal=(relire_les_cles,),
    a_faire=(
        DeLaPersonne(a_faire.cle_a_creer, apres="", s_il_y_a=a_faire.cle_ou_garde),
        DeLaPersonne(
            a_faire.essai_de_gardien,
            apres="repetition.ouvertures_a_repeter",
            s_il_y_a=a_faire.garde,
        ),
    ),
    premiers_pas=(
        Rangee(premiers_pas.cle_d_ouverture, apres="organismes.deuxieme_personne"),
        Rangee(premiers_pas.essai_d_ouverture, apres="preparation.premiere_consultation"),
    ),
    menus=(
        Entree("Ma clé", "/cles/", Menu.GARDIEN, apres="/a-faire/"),
        Entree("Ma clé", "/cles/", Menu.ACHETEUR, apres="/consultations/mes-consultations/"),
        Entree(
            "Gardiens",
            "/cdg/gardiens/",
            Menu.EXPLOITANT,
            apres="/cdg/adherents/",
            permis=("voir_les_gardiens", ACTES),
        ),
    ),
)
