"""Ce que la convention laisse ouvert, et ce que l'exploitant en a décidé.

Un exploitant qui décide autrement change une valeur, avec la délibération qui la
fonde ; aucune règle ne change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal

from droit.decision import Decision, Motif

BorneCommune = Literal["tranche_inferieure", "tranche_superieure"]
ATroisCentCinquanteAgents = Literal["gratuit", "payant"]
DefinitionDeLEffectif = Literal["l452_14", "tous_statuts", "etp"]
BaseDuVolume = Literal["n_moins_1", "n_estime_regularise", "n_constate_appele_n_plus_1"]
PremiereAnnee = Literal["estimation", "t1", "regularisation"]
FaitGenerateur = Literal["publication", "creation"]
Relance = Literal["comptee", "non_comptee"]
Prorata = Literal["jours", "mois_entame"]
ProrataDeSortie = Literal["avoir", "aucun"]


@dataclass(frozen=True)
class Parametres:
    """Les choix de l'exploitant pour la contribution ;
    d'office, ceux qui lisent le contrat en faveur de l'adhérent.

    - `borne_commune` : à quelle tranche va un nombre que deux tranches nomment (150, 250).
      Dans le doute, le contrat
      s'interprète contre le créancier (code civil, art. 1190).
    - `a_350_agents` : la grille dit « moins de 350 » et « plus de 350 » ; à 350, elle ne dit rien.
    - `definition_effectif` : quels agents comptent ;
      d'office ceux de l'affiliation obligatoire (CGFP, art. L. 452-14).
    - `base_volume` : l'année dont les consultations décident de la tranche.
    - `premiere_annee` : ce qui tient lieu d'année précédente quand il n'y en a pas.
    - `fait_generateur` :
      ce qui fait compter une consultation, sa première publication ou sa création.
    - `relance` : une consultation relancée en moins de 60 jours compte, ou ne compte pas.
    - `prorata` : une année incomplète se compte en jours,
      ou en douzièmes dont tout mois commencé est dû.
    - `prorata_sortie` : qui part en cours d'année a un avoir, ou n'en a pas.
    - `presomption` : sous combien d'habitants une commune qui n'a jamais déclaré d'effectif est
      présumée sous le seuil d'agents ; 0, d'office : personne n'est présumé.
    """

    borne_commune: BorneCommune = "tranche_inferieure"
    a_350_agents: ATroisCentCinquanteAgents = "gratuit"
    definition_effectif: DefinitionDeLEffectif = "l452_14"
    base_volume: BaseDuVolume = "n_moins_1"
    premiere_annee: PremiereAnnee = "estimation"
    fait_generateur: FaitGenerateur = "publication"
    relance: Relance = "comptee"
    prorata: Prorata = "jours"
    prorata_sortie: ProrataDeSortie = "avoir"
    presomption: int = 0


D_OFFICE = Parametres()
ESPACE_FINE = "\N{NARROW NO-BREAK SPACE}"
# Au-delà, une commune a souvent plus d'agents que le seuil : présumer ne se soutient plus.
HABITANTS_AU_PLUS = 10_000
CLES = tuple(champ.name for champ in fields(Parametres))


@dataclass(frozen=True)
class Question:
    """Ce que la convention ne dit pas, et les réponses qu'un exploitant peut y donner."""

    texte: str
    reponses: Mapping[str, str]
    # Une réponse peut être un nombre : le plus grand qui se soutient, et la phrase qui le dit.
    jusqu_a: int | None = None
    phrase: str = ""
    trop: str = ""

    def dit(self, valeur: object) -> str:
        """La réponse, telle qu'une personne la lit."""
        connue = self.reponses.get(str(valeur))
        return connue or self.phrase.format(f"{int(str(valeur)):_}".replace("_", ESPACE_FINE))

    def admet(self, valeur: object) -> bool:
        texte = str(valeur)
        if texte in self.reponses:
            return True
        return self.jusqu_a is not None and _est_un_nombre(texte) and int(texte) <= self.jusqu_a


def _est_un_nombre(texte: str) -> bool:
    """Écrit d'une seule façon : « 0200 » n'est pas « 200 »."""
    return texte.isascii() and texte.isdigit() and len(texte) < 10 and texte[0] != "0"


QUESTIONS: Mapping[str, Question] = {
    "borne_commune": Question(
        "150 et 250 consultations sont nommés par deux tranches : à laquelle vont-ils ?",
        {
            "tranche_inferieure": "À la moins chère, en faveur de l'adhérent",
            "tranche_superieure": "À la plus chère",
        },
    ),
    "a_350_agents": Question(
        "350 agents tout juste : la grille ne le dit pas.",
        {"gratuit": "Gratuit, et signalé", "payant": "Payant"},
    ),
    "definition_effectif": Question(
        "« Agents » n'est pas défini : lesquels comptent ?",
        {
            "l452_14": "Fonctionnaires titulaires et stagiaires à temps complet",
            "tous_statuts": "Agents de tous statuts",
            "etp": "Équivalents temps plein",
        },
    ),
    "base_volume": Question(
        "Quelle année décide de la tranche ?",
        {
            "n_moins_1": "L'année précédente, comptée, sans régularisation",
            "n_estime_regularise": "L'année même, estimée, puis régularisée",
            "n_constate_appele_n_plus_1": "L'année même, comptée, appelée l'année suivante",
        },
    ),
    "premiere_annee": Question(
        "Première année : il n'y a pas d'année précédente.",
        {
            "estimation": "Le volume estimé à l'adhésion ; sans estimation, la première tranche",
            "t1": "La première tranche",
            "regularisation": "Le volume estimé, puis régularisé",
        },
    ),
    "fait_generateur": Question(
        "Quand une consultation compte-t-elle ?",
        {
            "publication": "À sa première publication",
            "creation": "À sa création, même restée en brouillon",
        },
    ),
    "relance": Question(
        "Une consultation relancée après une infructueuse ou une sans suite",
        {
            "comptee": "Compte comme une nouvelle",
            "non_comptee": "Ne compte pas, si elle suit de moins de 60 jours",
        },
    ),
    "prorata": Question(
        "Une année incomplète",
        {
            "jours": "Se compte en jours",
            "mois_entame": "Se compte en douzièmes, tout mois commencé étant dû",
        },
    ),
    "prorata_sortie": Question(
        "Qui part en cours d'année",
        {
            "avoir": "A un avoir pour les jours qui restent, sauf départ pour impayé",
            "aucun": "N'a pas d'avoir",
        },
    ),
    "presomption": Question(
        "Une commune n'a jamais déclaré d'effectif : sa population permet-elle de présumer ?",
        {"0": "Non : elle n'est pas appelée tant qu'elle n'a rien déclaré"},
        jusqu_a=HABITANTS_AU_PLUS,
        phrase="Oui, sous {} habitants : présumée sous le seuil d'agents",
        trop=(
            f"Une présomption s'arrête à {HABITANTS_AU_PLUS} habitants : au-delà, une commune a "
            "souvent plus d'agents que le seuil. Demandez-lui son effectif."
        ),
    ),
}


@dataclass(frozen=True)
class Choix:
    """Une réponse de l'exploitant, à partir d'un jour."""

    cle: str
    valeur: str
    effet: date


def en_vigueur(choix: Iterable[Choix], au: date) -> Parametres:
    """Les paramètres de ce jour : pour chacun, le dernier choix qui a pris effet ;
    à défaut, celui d'office.

    À effet égal, le dernier de la suite l'emporte.
    """
    retenus: dict[str, Choix] = {}
    for un in choix:
        tenu = retenus.get(un.cle)
        if un.effet <= au and (tenu is None or tenu.effet <= un.effet):
            retenus[un.cle] = un
    return depuis_des_valeurs({cle: un.valeur for cle, un in retenus.items()})


def depuis_des_valeurs(valeurs: Mapping[str, Any]) -> Parametres:
    """Les paramètres qu'un calcul avait figés. Lève `ValueError` si une valeur n'existe pas."""
    for cle, valeur in valeurs.items():
        refus = peut_etre_choisi(cle, valeur)
        if not refus.favorable:
            raise ValueError(refus.motifs[0].texte)
    return Parametres(**{cle: _typee(cle, valeur) for cle, valeur in valeurs.items()})


def _typee(cle: str, valeur: Any) -> Any:
    return int(valeur) if QUESTIONS[cle].jusqu_a is not None else valeur


def en_valeurs(parametres: Parametres) -> dict[str, str]:
    """Ce qu'un appel fige : des textes, un nombre compris."""
    return {cle: str(valeur) for cle, valeur in asdict(parametres).items()}


def peut_etre_choisi(cle: str, valeur: str) -> Decision:
    """Une question qui existe, et l'une de ses réponses."""
    question = QUESTIONS.get(cle)
    if question is None:
        return Decision.refus(
            Motif(f"« {cle} » n'est pas une question que la convention laisse ouverte.")
        )
    if not question.admet(valeur):
        trop = question.trop if _est_un_nombre(str(valeur)) else ""
        return Decision.refus(
            Motif(trop or f"« {valeur} » n'est pas une réponse à cette question : {question.texte}")
        )
    return Decision.accord()
