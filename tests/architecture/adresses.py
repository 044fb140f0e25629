"""Ce qu'attend `test_cloisonnement` :
pour chaque adresse du service, qui y entre, et qui reste dehors.

Mode d'emploi. Chaque contexte déclare ses adresses dans
`src/beffroi/<quartier>/<contexte>/tests/adresses.py` :

    from tests.architecture.adresses import Adresse, Monde, connexion, publique, reserve_aux_agents

    def planter(monde: Monde) -> None: # facultatif : ajoute ses objets au monde commun
        monde.objets["consultation"] = creer_consultation(organisme=monde.bomy,
        par=monde.agent.acteur, …)

    ADRESSES = {
        "recherche:liste": Adresse(publique()),          # une page sans objet
        "consultations:brouillon": Adresse(                  # une page d'un objet de Bomy
            reserve_aux_agents(),
            arguments=lambda monde: {"reference": monde.objets["consultation"].reference},
            absents=lambda monde: {"reference": "2020-0000"},
            methodes=("get", "post"),
        ),
    }

`arguments` désigne un objet de Bomy (ou de l'Atelier du Faîtage) ; `absents`, un objet qui n'existe
pas, de même forme. Là où un visiteur reçoit 404, le test exige la même réponse pour les deux :
statut, en-têtes, corps. `attendus` donne, par visiteur, le statut ou les statuts admis. Plusieurs
méthodes ont les mêmes attendus ; si elles diffèrent, `par_methode` les précise. Une adresse sans
entrée fait échouer la suite, et c'est voulu.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.organismes.models import Organisme
from tests import declarations

# Ceux qui s'appuient sur les objets d'un autre, après lui ;
# un contexte qui n'y est pas vient ensuite.
ORDRE = (
    "comptes",
    "abonnements",
    "organismes",
    "entreprises",
    "niveaux",
    "pieces",
    "cles",
    "notifications",
    "consultations",
    "recherche",
    "alertes",
    "repartage",
    "dossiers",
    "retraits",
    "questions",
    "preparation",
    "redaction",
    "relectures",
    "avis",
    "reponses",
    "registre_des_depots",
    "ouverture",
    "antivirus",
    "copies_de_sauvegarde",
    "signatures",
    "proces_verbaux",
    "repetition",
    "candidatures",
    "analyse",
    "commissions",
    "attribution",
    "remises_en_concurrence",
    "selection",
    "adherents",
    "echanges",
    "conventions",
    "contributions",
    "apports",
    "impayes",
    "propositions",
    "interventions",
    "facturation",
    "recettes",
    "reprises",
    "marches",
    "engagements",
    "achevement",
    "donnees_essentielles",
    "donnees_ouvertes",
    "aide",
    "assistance",
    "archives",
    "versements",
    "restitution",
    "teleassistance",
    "communications",
    "preuves",
    "incidents",
    "conformite",
    "violations",
    "dume",
    "outils",
    "disponibilite",
    "sonde",
    "pilotage",
    "essai",
    "journal",
    "portail",
    "api",
)
VISITEURS = (
    "anonyme",
    "agent_etranger",
    "agent_sans_role",
    "agent",
    "entreprise_etrangere",
    "entreprise",
    "exploitant",
)
Statuts = int | tuple[int, ...]
Attendus = Mapping[str, Statuts]


@dataclass
class Monde:
    """Deux communes, deux entreprises, l'exploitant : tout est créé par les services."""

    maintenant: datetime
    bomy: Organisme
    agent: Utilisateur
    agent_sans_role: Utilisateur
    audincthun: Organisme
    agent_etranger: Utilisateur
    gestion: Organisme
    agent_exploitant: Utilisateur
    membre: Membre
    collegue: Membre
    membre_etranger: Membre
    objets: dict[str, Any] = field(default_factory=dict)
    # Ce qu'aucun visiteur étranger ne doit lire, sur aucune page.
    secrets: set[str] = field(default_factory=set)

    def personne(self, visiteur: str) -> Utilisateur | None:
        """La personne qui tient ce rôle de visiteur ; rien pour l'anonyme."""
        return {
            "anonyme": None,
            "agent_etranger": self.agent_etranger,
            "agent_sans_role": self.agent_sans_role,
            "agent": self.agent,
            "entreprise_etrangere": self.membre_etranger.utilisateur,
            "entreprise": self.membre.utilisateur,
            "exploitant": self.agent_exploitant,
        }[visiteur]


def sans_objet(monde: Monde) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Adresse:
    """Une adresse, ses arguments, et la réponse due à chaque visiteur."""

    attendus: Attendus
    arguments: Callable[[Monde], dict[str, Any]] = sans_objet
    absents: Callable[[Monde], dict[str, Any]] | None = None
    methodes: tuple[str, ...] = ("get",)
    donnees: Mapping[str, Any] = field(default_factory=dict)
    par_methode: Mapping[str, Attendus] = field(default_factory=dict)
    entetes: Mapping[str, str] = field(default_factory=dict)
    # Vide : un formulaire.
    type_de_contenu: str = ""

    def statuts(self, methode: str, visiteur: str) -> tuple[int, ...]:
        attendu = self.par_methode.get(methode, self.attendus)[visiteur]
        return (attendu,) if isinstance(attendu, int) else attendu


def attendus(defaut: Statuts, **exceptions: Statuts) -> Attendus:
    """Le même statut pour tous, sauf exceptions nommées."""
    inconnus = set(exceptions) - set(VISITEURS)
    if inconnus:
        raise ValueError(f"Visiteurs inconnus : {', '.join(sorted(inconnus))}.")
    return {visiteur: exceptions.get(visiteur, defaut) for visiteur in VISITEURS}


def publique(statut: Statuts = 200) -> Attendus:
    """Tout le monde entre, et reçoit la même chose."""
    return attendus(statut)


def connexion(statut: Statuts = 200, **exceptions: Statuts) -> Attendus:
    """Toute personne connectée entre ; l'anonyme est mené à la connexion."""
    return attendus(statut, anonyme=302, **exceptions)


def reserve_aux_agents(statut: Statuts = 200, **exceptions: Statuts) -> Attendus:
    """L'agent qui a le rôle entre, son collègue sans rôle reçoit 403, tout autre 404."""
    return attendus(404, **{"anonyme": 302, "agent": statut, "agent_sans_role": 403, **exceptions})


def reserve_a_l_entreprise(statut: Statuts = 200, **exceptions: Statuts) -> Attendus:
    """L'entreprise à qui est l'objet entre, tout autre reçoit 404."""
    return attendus(404, **{"anonyme": 302, "entreprise": statut, **exceptions})


def reserve_a_l_exploitant(statut: Statuts = 200, **exceptions: Statuts) -> Attendus:
    """L'exploitant entre, tout autre reçoit 404."""
    return attendus(404, **{"anonyme": 302, "exploitant": statut, **exceptions})


def tables() -> list[ModuleType]:
    """Les tables des contextes qui en ont une,
    chacune après celles dont elle emploie les objets.
    """
    rangs = {contexte: rang for rang, contexte in enumerate(ORDRE)}
    trouvees = declarations.modules("adresses")
    return [
        trouvees[contexte]
        for contexte in sorted(trouvees, key=lambda un: rangs.get(un, len(ORDRE)))
    ]


def table() -> dict[str, Adresse]:
    """Toutes les entrées ; deux contextes ne déclarent pas la même adresse."""
    reunies: dict[str, Adresse] = {}
    for module in tables():
        doublons = reunies.keys() & module.ADRESSES.keys()
        if doublons:
            raise ValueError(f"{module.__name__} redéclare {', '.join(sorted(doublons))}.")
        reunies |= module.ADRESSES
    return reunies


def noms_servis() -> list[str]:
    """Chaque adresse du service, par son nom complet ; une adresse sans nom porte son motif."""
    return sorted(set(_noms(get_resolver().url_patterns, prefixe="", motif="/")))


def _noms(motifs: list[URLPattern | URLResolver], *, prefixe: str, motif: str) -> list[str]:
    noms: list[str] = []
    for element in motifs:
        ici = f"{motif}{element.pattern}"
        if isinstance(element, URLResolver):
            espace = f"{prefixe}{element.namespace}:" if element.namespace else prefixe
            noms += _noms(element.url_patterns, prefixe=espace, motif=ici)
        else:
            noms.append(f"{prefixe}{element.name}" if element.name else f"sans nom : {ici}")
    return noms
