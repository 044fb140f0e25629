"""Les impayés, préparés pour l'écran :
la liste par étape, l'histoire d'un dossier, ce que l'adhérent lit.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.impayes import queries
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.rules.delais import Arret, arret_en_cours
from beffroi.centre.impayes.rules.etapes import Prochain, prochain
from beffroi.centre.impayes.states import Etat
from beffroi.centre.propositions.queries import sujets_proposes
from beffroi.centre.recettes.lecture import Impaye, impayes
from beffroi.socle.journal.queries import histoire
from droit.decision import Motif

# Dans l'ordre où on les traite.
ETAPES = {
    "a_relancer": ("À relancer", "attention"),
    "a_mettre_en_demeure": ("À mettre en demeure", "attention"),
    "a_decider": ("À proposer", "attention"),
    "proposee": ("Proposée, à décider", "attention"),
    "preuve": ("Preuve attendue", "cours"),
    "contestee": ("Contestée", "cours"),
    "delai": ("Délai en cours", "gris"),
    "bloquee": ("Bloquée", "danger"),
    "finie": ("Convention finie", "danger"),
}
A_FAIRE = {
    "relancer": "a_relancer",
    "mettre_en_demeure": "a_mettre_en_demeure",
    "decider": "a_decider",
}
# Où une proposition ouverte change ce que l'on attend.
SE_PROPOSENT = frozenset({"a_decider", "bloquee", "finie"})
GESTES = {
    "relancer": "Relancer",
    "mettre_en_demeure": "Mettre en demeure",
    "noter_la_reception": "Noter la réception",
    "decider": "Proposer, puis décider à deux",
    "notifier": "Noter la notification",
    "decider_la_fin": "Mettre fin à la convention",
    "": "Aucun",
}
MOTS_DU_JOURNAL = {
    "defaut.relancer": "Rappel envoyé",
    "defaut.mettre_en_demeure": "Mise en demeure écrite",
    "defaut.refaire_la_lettre": "Mise en demeure à refaire",
    "defaut.noter_la_reception": "Réception de la mise en demeure prouvée",
    "defaut.decider_le_blocage": "Décision d'arrêter les consultations nouvelles",
    "defaut.decider_la_fin": "Décision de mettre fin à la convention",
    "defaut.notifier": "Notification prouvée : la décision prend effet",
    "defaut.revenir_sur_la_fin": "Fin reprise : la convention court de nouveau",
    "proposition.proposer": "Décision proposée",
    "proposition.ecarter": "Proposition écartée",
    "defaut.lever_le_blocage": "Blocage levé par décision",
    "defaut.regler": "Payée : le dossier est clos",
    "defaut.abandonner": "Le centre renonce",
    "impaye.contester": "Somme contestée : les délais s'arrêtent",
    "impaye.repondre": "Réponse à la contestation : les délais reprennent",
}
TRIS = {"age": "Le plus ancien d'abord", "montant": "La plus grosse somme d'abord"}


@dataclass(frozen=True)
class Ligne:
    """Un impayé : où il en est, ce qui vient, quand, et pourquoi."""

    contribution: Contribution
    defaut: Defaut | None
    reste: Decimal
    retard: int
    etape: str
    suite: Prochain
    arret: Arret | None
    est_possible: bool

    @property
    def mot(self) -> str:
        return ETAPES[self.etape][0]

    @property
    def ton(self) -> str:
        return ETAPES[self.etape][1]

    @property
    def geste(self) -> str:
        return GESTES[self.suite.acte]

    @property
    def page(self) -> str:
        if self.defaut:
            return f"/cdg/impayes/{self.defaut.reference}/"
        return f"/cdg/impayes/relancer/{self.contribution.reference}/"

    @property
    def motifs(self) -> tuple[Motif, ...]:
        conteste = (Motif("Contestée : les délais attendent votre réponse."),) if self.arret else ()
        return (*conteste, *self.suite.motifs)


def lignes(*, le: date) -> list[Ligne]:
    """Tous les impayés, en un nombre constant de lectures."""
    trouves = impayes(le=le)
    cles = [impaye.contribution.pk for impaye in trouves]
    en_cours = {d.contribution_id: d for d in queries.defauts_en_cours(cles)}
    arrets, delais = queries.arrets_par_contribution(cles), queries.DelaisDates()
    proposees = sujets_proposes()
    return [
        ligne(
            impaye,
            en_cours.get(impaye.contribution.pk),
            arrets=arrets.get(impaye.contribution.pk, ()),
            delais=delais,
            le=le,
            proposees=proposees,
        )
        for impaye in trouves
    ]


def ligne(
    impaye: Impaye,
    defaut: Defaut | None,
    *,
    arrets: Iterable[Arret],
    delais: queries.DelaisDates,
    le: date,
    proposees: Collection[str] = (),
) -> Ligne:
    situation = queries.situation_de(
        impaye.contribution, defaut, reste=impaye.reste, arrets=arrets, delais=delais
    )
    suite, arret = prochain(situation), arret_en_cours(situation.arrets, le)
    possible = arret is None and suite.est_possible(le)
    etape = _etape(situation.etat, suite, possible=possible, contestee=arret is not None)
    if defaut and defaut.reference in proposees and etape in SE_PROPOSENT:
        etape = "proposee"
    return Ligne(
        impaye.contribution,
        defaut,
        impaye.reste,
        impaye.jours_de_retard,
        etape,
        suite,
        arret,
        possible,
    )


def _etape(etat: str, suite: Prochain, *, possible: bool, contestee: bool) -> str:
    if etat == Etat.FINIE:
        return "finie"
    if contestee:
        return "contestee"
    if etat == Etat.BLOQUEE:
        return "bloquee"
    if etat in {Etat.DEMEURE_ENVOYEE, Etat.BLOCAGE_DECIDE, Etat.FIN_DECIDEE}:
        return "preuve"
    return A_FAIRE[suite.acte] if possible else "delai"


def retenues(toutes: list[Ligne], *, etape: str, tri: str) -> list[Ligne]:
    siennes = [ligne for ligne in toutes if etape not in ETAPES or ligne.etape == etape]
    if tri == "montant":
        return sorted(siennes, key=lambda ligne: -ligne.reste)
    return sorted(siennes, key=lambda ligne: -ligne.retard)


def filtres(toutes: list[Ligne]) -> list[tuple[str, str]]:
    """Une étape et son nombre : seules celles qui ont un dossier."""
    comptes = Counter(ligne.etape for ligne in toutes)
    return [("", f"Tous ({len(toutes)})")] + [
        (etape, f"{mot} ({comptes[etape]})") for etape, (mot, _) in ETAPES.items() if comptes[etape]
    ]


@dataclass(frozen=True)
class Pas:
    """Une ligne de l'histoire, tirée du journal."""

    le: datetime
    quoi: str
    par: str


def histoire_de(defaut: Defaut) -> list[Pas]:
    """Le défaut et les contestations de sa contribution, le plus récent d'abord."""
    ecritures = [*histoire(defaut.reference), *histoire(defaut.contribution.reference)]
    retenues_ = [ecriture for ecriture in ecritures if ecriture.acte in MOTS_DU_JOURNAL]
    return [
        Pas(ecriture.le, MOTS_DU_JOURNAL[ecriture.acte], ecriture.acteur_libelle)
        for ecriture in sorted(retenues_, key=lambda ecriture: ecriture.le, reverse=True)
    ]
