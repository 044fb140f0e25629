"""Conformité : ce que ce contexte branche dans la maison."""

from beffroi.garde.conformite import a_faire, ecrans, taches
from beffroi.garde.conformite.permissions import ACTES
from beffroi.garde.conformite.verification import relire_les_traces_de_securite
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.conserver,),
    a_faire=(
        SelonSesRoles(
            a_faire.personnes_a_repondre,
            apres="violations.violations_a_suivre",
            s_il_y_a=a_faire.demandes,
        ),
    ),
    relectures_du_journal=(relire_les_traces_de_securite,),
    prouvees_autrement={
        "TraceDeSecurite": "tous les quarts d'heure, le journal engage ce qui s'y est ajouté",
        "LotDeTraces": "sans son aléa, un lot ne redonne plus l'empreinte que le journal en a",
    },
    ports={
        "conventions.ClauseDeSousTraitance": ecrans.clause_de,
    },
    menus=(
        Entree(
            "Conformité",
            "/cdg/conformite/",
            Menu.EXPLOITANT,
            apres="/cdg/assistance/",
            permis=("voir_la_conformite", ACTES),
        ),
    ),
    pied=(LienDePied("Conformité", "/conformite/", Pied.SERVICE, apres="/securite/"),),
)
