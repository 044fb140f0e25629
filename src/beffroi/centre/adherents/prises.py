"""Adhérents : ce que ce contexte branche dans la maison."""

from beffroi.centre.adherents import premiers_pas, taches
from beffroi.centre.adherents.permissions import ACTES
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.effacer_les_notes,),
    objets_gardes=(
        ObjetGarde(
            "adherents.Effectif.cle_de_stockage",
            "Justificatif d'effectif n°",
            reference="pk",
            empreinte="",
            clair="sha256",
            sous="effectif",
        ),
        ObjetGarde("adherents.ImportDAdherents.cle_de_stockage", "Import d'adhérents"),
        ObjetGarde("adherents.ImportDEffectifs.cle_de_stockage", "Import d'effectifs"),
    ),
    premiers_pas=(Rangee(premiers_pas.effectif_declare, apres="organismes.compte_protege"),),
    menus=(
        Entree("Adhésion", "/adhesion/", Menu.ACHETEUR, apres="/organisme/"),
        Entree(
            "Adhérents",
            "/cdg/adherents/",
            Menu.EXPLOITANT,
            apres="/a-faire/",
            permis=("lire_l_annuaire", ACTES),
        ),
    ),
)
