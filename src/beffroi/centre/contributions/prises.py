"""Contributions : ce que ce contexte branche dans la maison."""

from beffroi.centre.contributions import a_faire, annexe, presomptions, queries
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.verification import relire_les_appels
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    relectures_du_journal=(relire_les_appels,),
    a_faire=(SelonSesRoles(a_faire.contributions_a_mener, apres="apports.apports_a_examiner"),),
    objets_gardes=(
        ObjetGarde("contributions.Contribution.document", "Appel de contribution", sous="appels"),
    ),
    ports={
        "adherents.DefinitionDeLEffectif": queries.definition_de_l_effectif,
        "adherents.Presomptions": presomptions.presomptions,
        "conventions.GrilleDeLAnnexe": annexe.annexe_au,
    },
    menus=(
        Entree(
            "Contributions",
            "/cdg/contributions/",
            Menu.EXPLOITANT,
            apres="/cdg/restitutions/",
            permis=("voir_les_contributions", ACTES),
        ),
    ),
)
