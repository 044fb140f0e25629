"""Le texte d'une lettre, d'après les décisions :
une entreprise y lit ses notes à elle, et rien des autres que la retenue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution.models import Attribution, Lettre, SuiteDonnee
from beffroi.choix.attribution.queries.classement import nombre
from beffroi.choix.attribution.rules.lettres import DUREE, SuiteDite, champ_du_jour
from beffroi.choix.attribution.rules.regimes import Regime, regime_de
from beffroi.choix.echanges.modeles import EN_TETE, POLITESSE
from droit import tribunaux
from droit.citation import Article
from droit.en_vigueur import Droit, DroitInconnu
from formats.pluriels import compter
from formats.sommes import en_euros

Issue = SuiteDonnee.Issue


@dataclass(frozen=True)
class Contexte:
    """Ce qui est le même pour toutes les lettres d'une vague.

    `attendent` : les lots où une attente est due.
    """

    consultation: Consultation
    attendent: frozenset[int | None]
    le: date

    @property
    def regime(self) -> Regime:
        return regime_de(self.consultation.procedure)

    @property
    def durees(self) -> tuple[int, int] | None:
        """Une concession dit combien de jours elle attend, selon la voie des lettres ;
        un marché n'y est pas tenu.
        """
        if self.regime != Regime.CONCESSION:
            return None
        droit = Droit.au(self.le)
        electronique, autre = (
            droit.valeur(f"suspension.concession.{voie}").entier
            for voie in ("electronique", "autre")
        )
        return electronique, autre

    @property
    def contrat(self) -> str:
        return "La concession" if self.regime.est_une_concession else "Le marché"


def ecrire(contexte: Contexte, lettre: Lettre, suites: Sequence[SuiteDonnee]) -> str:
    """La lettre entière, un paragraphe par ligne vide ; tout s'y retouche avant l'envoi."""
    rejetee = any(suite.issue == Issue.REJETEE for suite in suites)
    return "\n\n".join(
        [
            EN_TETE,
            _objet(contexte.consultation, suites),
            *(paragraphe for suite in suites for paragraphe in _d_un_lot(contexte, suite)),
            *([_demander(contexte)] if rejetee else []),
            *(
                [_recours(contexte)]
                if rejetee or any(s.issue == Issue.SANS_SUITE for s in suites)
                else []
            ),
            *([_page(lettre)] if lettre.est_electronique else []),
            POLITESSE,
            contexte.consultation.organisme.nom,
        ]
    )


def _page(lettre: Lettre) -> str:
    adresse = settings.ADRESSE_PUBLIQUE.removesuffix("/")
    return (
        f"Votre résultat, vos notes et ce courrier en PDF : {adresse}/resultats/{lettre.reference}/"
    )


def _objet(consultation: Consultation, suites: Sequence[SuiteDonnee]) -> str:
    recepisse = suites[0].pli.reference
    return (
        f"Vous avez répondu à la consultation {consultation.reference}, « {consultation.titre} ». "
        f"Votre réponse porte le récépissé {recepisse}."
    )


def _d_un_lot(contexte: Contexte, suite: SuiteDonnee) -> list[str]:
    attribution = suite.attribution
    intitule = _intitule(contexte.consultation, attribution.lot)
    if suite.issue == Issue.RETENUE:
        return [f"{intitule}{_retenue(contexte, suite)}"]
    if suite.issue == Issue.SANS_SUITE:
        return [
            f"{intitule}Aucune offre n'est retenue : {attribution.get_sorte_display().lower()}, "
            "pour cette raison "
            f"(CCP, art. R. 2185-2).\n{attribution.motif}"
        ]
    return [f"{intitule}{_rejetee(suite)}", _le_choix(contexte, suite)]


def _intitule(consultation: Consultation, lot: int | None) -> str:
    if lot is None:
        return ""
    return f"Lot {lot}, {consultation.lots.get(numero=lot).intitule}.\n"


def _retenue(contexte: Contexte, suite: SuiteDonnee) -> str:
    """À chaque titulaire son offre ; il apprend aussi qui d'autre l'est :
    ils seront consultés ensemble.
    """
    attribution = suite.attribution
    sienne = attribution.retenue_de(suite.pli)
    montant = en_euros(sienne.montant if sienne else Decimal(0))
    variante = f", variante {sienne.variante}" if sienne and sienne.variante else ""
    ensemble = (
        f"L'accord-cadre a plusieurs titulaires : {attribution.noms}.\n"
        if len(attribution.retenues) > 1
        else ""
    )
    return (
        f"Votre offre est retenue{variante}, pour {montant} hors taxes, "
        f"pour ces raisons.\n{attribution.motif}\n{ensemble}"
        "Cette lettre ne vaut pas notification : "
        "vous n'êtes engagé à rien tant que le contrat n'est pas signé et notifié. "
        "Nous pouvons vous demander d'ici là les preuves de ce que vous avez "
        f"déclaré.{_attente(contexte, attribution.lot)}"
    )


def _rejetee(suite: SuiteDonnee) -> str:
    lignes = ["Votre offre n'est pas retenue."]
    if suite.elimination:
        lignes.append(f"Elle a été éliminée : {suite.elimination}.")
    elif suite.rang:
        note = f", avec la note de {nombre(suite.note)}" if suite.note is not None else ""
        lignes.append(f"Elle est classée {_rang(suite.rang)}{note}.")
    lignes += [f"- {n['nom']} : {n['note']} sur {n['sur']}{_commentaire(n)}" for n in suite.notes]
    if suite.motif:
        lignes.append(f"Les raisons de ce rejet :\n{suite.motif}")
    return "\n".join(lignes)


def _commentaire(note: Mapping[str, str]) -> str:
    """Ce que l'analyse a écrit pour que l'entreprise le lise."""
    dit = str(note.get("dit") or "").strip()
    return f". {dit}" if dit else ""


def _le_choix(contexte: Contexte, suite: SuiteDonnee) -> str:
    attribution = suite.attribution
    avantages = "".join(
        f"\n{titre} :\n{texte}"
        for titre, texte in avantages_de(attribution, "Ses caractéristiques et avantages")
    )
    contrat = "L'accord-cadre" if len(attribution.retenues) > 1 else contexte.contrat
    return (
        f"{contrat} est attribué{_accord(contexte)} à {attribution.noms}, "
        f"pour ces raisons.\n{attribution.motif}"
        # Une offre éliminée n'a pas droit aux avantages de la retenue (CCP, art. R. 2181-4).
        f"{'' if suite.elimination else avantages}{_attente(contexte, attribution.lot)}"
    )


def _attente(contexte: Contexte, lot: int | None) -> str:
    """Le premier jour de signature, rempli à l'envoi ;
    dans une concession, la durée aussi (CCP, art. R. 3125-1).
    """
    if lot not in contexte.attendent:
        return ""
    jour = (
        f"\n{contexte.contrat} ne peut pas être signé{_accord(contexte)} avant le "
        f"{champ_du_jour(lot)} "
        f"({_article_de_l_attente(contexte)})."
    )
    durees = contexte.durees
    if durees is None:
        return jour
    return (
        f"{jour} Cette attente dure {compter(durees[0], 'jour')} depuis l'envoi de la dernière "
        "lettre de rejet par la "
        f"messagerie, {compter(durees[1], 'jour')} si une lettre part autrement ({DUREE})."
    )


def avantages_de(attribution: Attribution, titre: str) -> list[tuple[str, str]]:
    """Ce que chaque offre retenue a de mieux,
    sous le nom de l'entreprise quand elles sont plusieurs.
    """
    retenues = attribution.retenues
    return [
        (
            f"Caractéristiques et avantages de l'offre de {r.nom}" if len(retenues) > 1 else titre,
            r.avantages,
        )
        for r in retenues
        if r.avantages
    ]


def _accord(contexte: Contexte) -> str:
    return "e" if contexte.regime.est_une_concession else ""


def _article_de_l_attente(contexte: Contexte) -> str:
    return str(Article("CCP", "R. 3125-2" if contexte.regime.est_une_concession else "R. 2182-1"))


def _rang(rang: int) -> str:
    return "première" if rang == 1 else f"{rang}e"


def _demander(contexte: Contexte) -> str:
    """Ce que l'on peut encore demander, et sous quel délai nous répondons."""
    try:
        valeur = Droit.au(contexte.le).valeur(f"motifs.{contexte.regime.value}")
    except DroitInconnu:
        return (
            "Vous pouvez nous demander par écrit de préciser les raisons de ce rejet : "
            "répondez à ce message."
        )
    quoi = (
        "les caractéristiques et les avantages de l'offre retenue"
        if contexte.regime == Regime.FORMALISEE
        else "les motifs de ce rejet"
    )
    return (
        f"Vous pouvez nous demander par écrit {quoi}, "
        "à la page de votre résultat ou en répondant à ce message. "
        f"Nous répondons dans les {valeur.entier} jours qui suivent la réception de votre demande "
        f"({valeur.article})."
    )


def _recours(contexte: Contexte) -> str:
    droit, consultation = Droit.au(contexte.le), contexte.consultation
    tribunal = tribunaux.competent(droit, consultation.organisme.code_postal)
    qui = f"le {tribunal.nom}" if tribunal else "le tribunal administratif dont dépend l'acheteur"
    greffe = f"\n{tribunal.greffe}" if tribunal and tribunal.greffe else ""
    entite = consultation.type_d_acheteur == Consultation.TypeDAcheteur.ENTITE_ADJUDICATRICE
    return (
        f"Voies et délais de recours, devant {qui} :{greffe}\n"
        "- le référé précontractuel, jusqu'à la signature du contrat (CJA, art. "
        f"{'L. 551-5' if entite else 'L. 551-1'}) ;\n"
        f"- le référé contractuel, après elle (CJA, art. L. 551-13){_delais_du_refere(droit)} ;\n"
        f"- le recours en contestation de la validité du contrat{_delai_de_validite(droit)}."
    )


def _delais_du_refere(droit: Droit) -> str:
    try:
        avec, sans = (
            droit.valeur(f"recours.refere_contractuel.{cas}") for cas in ("apres_avis", "sans_avis")
        )
    except DroitInconnu:
        return ""
    return (
        f", dans les {avec.entier} jours de l'avis d'attribution publié au JOUE, "
        f"ou dans les {sans.entier} mois de la "
        f"signature sans cet avis ({sans.article})"
    )


def _delai_de_validite(droit: Droit) -> str:
    try:
        valeur = droit.valeur("recours.validite_du_contrat")
    except DroitInconnu:
        return ""
    return f", dans les {valeur.entier} mois de la publicité de sa conclusion ({valeur.article})"


def suites_dites(
    contexte: Contexte, suites: Sequence[SuiteDonnee], *, jours: Mapping[int | None, str]
) -> list[SuiteDite]:
    """Ce que la règle vérifie de la lettre.

    `jours` : les premiers jours de signature qu'elle porte déjà.
    """
    duree = compter(contexte.durees[0], "jour") if contexte.durees else ""
    return [
        SuiteDite(
            lot=suite.attribution.lot,
            issue=suite.issue,
            motif=suite.attribution.motif if suite.issue == Issue.SANS_SUITE else suite.motif,
            attributaires=tuple(retenue.nom for retenue in suite.attribution.retenues),
            motif_du_choix=suite.attribution.motif,
            attend=suite.attribution.lot in contexte.attendent,
            jour=jours.get(suite.attribution.lot, ""),
            duree=duree,
        )
        for suite in suites
    ]
